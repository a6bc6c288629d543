"""The guided procedure: from an idea to a signed, registered, lived, suspended or ended tie.

Belongs here: templates of steps as data, the engine that says what is done, who is next and what
blocks, the records of a run with its papers, decisions and signatures, due dates, reminders, the
calendar feed. Does not belong here: what a rule of law says (law), how a paper is set (papers),
where a tie stands in public (registry), how pages look (web).
"""
