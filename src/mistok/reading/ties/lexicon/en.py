"""English words for ties."""

_PLACE = (
    r"(?:cit(?:y|ies)|towns?|communit(?:y|ies)|municipalit(?:y|ies)|villages?|boroughs?|capitals?"
    r"|states?|regions?|count(?:y|ies)|districts?|provinces?|hromadas?|oblasts?|ports?|prefectures?"
    r"|local authorit(?:y|ies)|councils?)"
)
_BOND = (
    r"(?:relations(?:hips?)?|ties?|links?|partnerships?|status|bonds?|connections?|cooperation"
    r"|arrangements?|programs?|programmes?|projects?|friendships?)"
)
_PAPER = (
    r"(?:agreements?|accords?|pacts?|charters?|declarations?|contracts?|treat(?:y|ies)|protocols?"
    r"|memorand(?:um|a|ums)(?: of understanding)?|deals?|documents?|certificates?|oaths?"
    r"|letters? of intent)"
)
_ADJ = r"(?:\w+[- ]){0,3}?"

ENTRIES: dict[str, str] = {
    "T:solidarity:state": rf"""
solidarity (?:city |town |municipal )?(?:partnerships?|twinnings?|{_BOND})
solidarity[- ]based partnerships?
partnerships? of solidarity
""",
    "T:solidarity:paper": rf"""
solidarity (?:city |town |partnership |twinning )?{_PAPER}
""",
    "T:solidarity:role": rf"""
solidarity (?:partner|twin|sister)(?: {_PLACE})?
""",
    "T:twinning:role": rf"""
sister[- ]{_PLACE}
twin(?:ned)?[- ]{_PLACE}
brother[- ]{_PLACE}
fraternal {_PLACE}
""",
    "T:twinning:loose": r"""
twins(?! born)
twin(?! (?:towers?|brothers?|sisters?|engine|room|beds?|crises|with|up)|-)
sisters?
""",
    "T:twinning:state": rf"""
sister[- ](?:{_PLACE}[- ])?{_BOND}
sister[- ]{_PLACE}[- ](?:partner )?{_BOND}
sisterhoods?
sisterly {_BOND}
twinnings?
twinning {_BOND}
twin[- ](?:{_PLACE}[- ])?{_BOND}
town[- ]twinnings?
""",
    "T:twinning:paper": rf"""
sister[- ](?:{_PLACE}[- ])?{_PAPER}
twinning {_PAPER}
twinning (?:and|&) (?:\w+ ){{0,2}}{_PAPER}
twin[- ](?:{_PLACE}[- ])?{_PAPER}
agreements? (?:on|of|to|for|about) {_ADJ}(?:twin(?:ning)?|sister[- ]\w+|sisterhood)(?: {_BOND})?
memorand(?:um|a|ums) (?:on|of|for) {_ADJ}(?:twinning|sister[- ]\w+)(?: {_BOND})?
""",
    "T:twinning:verb": rf"""
twinned(?! {_PLACE})
twins? (?:up )?with
to twin
""",
    "T:partner:role": rf"""
partner(?:ship)?[- ]{_PLACE}
strategic partners?
partnered {_PLACE}
""",
    "T:partner:loose": r"""
partners?
partnered with
partnering with
partner with
""",
    "T:partner:state": rf"""
partnerships?
partnership {_BOND}
partnerships? and co-?operation
partner relations(?:hips?)?
city[- ]to[- ]city partnerships?
""",
    "T:partner:paper": rf"""
partnership (?:and (?:\w+ )?)?(?:co-?operation |friendship )?{_PAPER}
co-?operation and partnership {_PAPER}
agreements? (?:on|of|for|about) {_ADJ}partnerships?(?: and co-?operation)?
memorand(?:um|a|ums)(?: of understanding)? (?:on|of|for) {_ADJ}partnerships?(?: and co-?operation)?
declarations? (?:on|of) {_ADJ}partnerships?
""",
    "T:friendship:role": rf"""
friendship {_PLACE}
friendly {_PLACE}
friend(?:s)? {_PLACE}
""",
    "T:friendship:state": rf"""
friendship {_BOND}
friendly (?:relations(?:hips?)?|ties|links|bonds?)
bonds? of friendship
ties of friendship
""",
    "T:friendship:loose": r"""
friendships?
""",
    "T:friendship:paper": rf"""
friendship (?:and (?:\w+ )?)?(?:co-?operation |partnership )?{_PAPER}
co-?operation and friendship {_PAPER}
agreements? (?:on|of) {_ADJ}friendship(?: and co-?operation)?
declarations? of friendship
memorand(?:um|a|ums)(?: of understanding)? (?:on|of|for) {_ADJ}friendship(?: and co-?operation)?
treat(?:y|ies) of friendship
""",
    "T:cooperation:state": rf"""
co-?operation (?:relations(?:hips?)?|ties|links|arrangements?)
inter-?municipal co-?operation
municipal co-?operation
""",
    "T:cooperation:loose": r"""
co-?operation
co-?operate
co-?operates
co-?operated
co-?operating
collaboration
work together
working together
""",
    "T:cooperation:paper": rf"""
co-?operation {_PAPER}
co-?operation (?:and )?(?:\w+ ){{0,2}}{_PAPER}
agreements? (?:on|of|for|about|to) {_ADJ}(?:co-?operat(?:ion|e)|collaborat(?:ion|e)|work together)
protocols? (?:on|of) {_ADJ}co-?operation
declarations? (?:on|of) {_ADJ}co-?operation
treat(?:y|ies) (?:on|of) {_ADJ}co-?operation
collaboration {_PAPER}
accords? (?:on|of|for) {_ADJ}co-?operation
""",
    "T:memorandum:paper": rf"""
memorand(?:um|a|ums)
memorand(?:um|a|ums) (?:of|on|about) {_ADJ}(?:understanding|co-?operation|intent(?:ions?)?)
memorand(?:um|a|ums) of understanding (?:on|for|about) {_ADJ}co-?operation
co-?operation memorand(?:um|a|ums)
mous?
letters? of intent(?:ion)?
letters? of intent(?:ion)? (?:on|of|for|about|to|regarding) {_ADJ}(?:co-?operat(?:ion|e)|partnerships?|twinning|friendship)
protocols? of intent(?:ions?)? (?:on|of|for|about|to) {_ADJ}(?:co-?operat(?:ion|e)|partnerships?|twinning)
protocols? of intent(?:ions?)?
declarations? of intent(?:ions?)?
statements? of intent
""",
    "T:unknown:state": r"""
ties
links?(?= (?:with|to|between))
relations(?:hips?)?
contacts
arrangements?
bonds
connections?(?= (?:with|between))
""",
    "T:unknown:paper": r"""
agreements?
accords?
pacts?
treat(?:y|ies)
deals?
""",
    "E:sign:done": r"""
signed(?! (?:up|off|in|for))
signs
concluded
concludes
sealed
seals
inked
inks
formali[sz]ed
formali[sz]es
made (?:it )?official
exchanged? signatures
exchanges signatures
entered into
have entered
put (?:their|his|her) (?:signatures?|names?)
put pen to paper
signing on
finali[sz]ed
confirmed (?:in|by) (?:an? )?(?:agreement|document)
""",
    "E:sign:inf": r"""
to (?:\w+ly )?sign
to conclude
to seal
to enter into
to formali[sz]e
to finali[sz]e
be (?:\w+ly )?(?:signed|concluded|sealed|formali[sz]ed|finali[sz]ed)
will sign
signing
""",
    "E:sign:nom": r"""
signing ceremon(?:y|ies)
signing of
signature of
signatures? (?:under|on)
signatures? came
conclusion of
trip ended with a signature
""",
    "E:become:done": r"""
became
becomes
gained
gains
gets
got
has got
have got
acquired
received (?:a|an|its|their)(?= (?:new )?(?:sister|twin|partner))
joined (?:the (?:list|ranks|family|circle) of)?
added (?=\w+ as|to (?:the|its) list)
named
declared
found (?:a|its|their|an?)
came to be
adopted (?=\w+ as)
turned into
made (?=\w+ (?:a|its|their) )
chose
now has
has a new
have a new
has (?:\w+ )?new
""",
    "E:become:bare": r"""
become
""",
    "E:sign:bare": r"""
sign(?!ed|ing|s|ature|al)
conclude
seal
""",
    "E:start:bare": r"""
establish
enter into
launch
enter(?= (?:a|into))
form(?= (?:a|an))
""",
    "E:become:inf": r"""
to take(?= (?:[\w-]+,? ){1,8}as)
took(?= (?:[\w-]+,? ){1,8}as)
to adopt(?= (?:\w+ ){1,6}as)
adopt(?= (?:\w+ ){1,6}as)
to become
to gain
to find
to be (?:named|added|recogni[sz]ed)
will become
will be (?:named|added|recogni[sz]ed)
may become
would become
could become
""",
    "E:start:done": r"""
established
establishes
launched
launches
forged
forges
set up
started
began
begun
initiated
founded
created
entered
sprang up
came into being
came about
appeared
came into (?:force|effect)
took effect
added (?=an? (?:letter|memorandum|agreement|protocol))
struck up
built
linked
linked up
paired
paired up
teamed up
agreed a
formed
united
kicked off
cemented
joined (?:forces|hands)
joins (?:forces|hands)
""",
    "E:start:inf": r"""
to (?:\w+ly )?establish
to launch
to forge
to set up
to start
to initiate
to found
to create
to enter
to build
to form
to pair
to link up
be (?:\w+ly )?(?:established|launched|set up|created|initiated|started|formed)
establishing
establishment of
will (?:establish|launch|enter|start|create|form)
""",
    "E:renew:done": r"""
renewed
renews
extended
extends
reaffirmed
prolonged
updated
expanded
deepened
""",
    "E:end:done": r"""
severed
severs
terminated
terminates
ended
ends
broke off
broke
broken (?:off)?
breaks (?:off|with|ties)
cut(?: all)?(?= (?:its |their |all |off |the |sister|ties|links|relations|twin))
cut off
cuts (?:off |all )?(?=its|their|all|sister|ties|links|twin|off|the)
dissolved
dissolves
cancelled
canceled
cancels
revoked
revokes
annulled
rescinded
scrapped
scraps
withdrew
withdrawn
withdraws from
pulled out
pulls out
dropped
drops
ditched
ditches
ceased
abandoned
discontinued
denounced
renounced
put an end to
puts an end to
stripped
no longer
are over
is over
was over
has no more
have no more
parted (?:ways|company)
part(?:s|ing) company
crossed (?:out|off)
struck (?:off|from)
bowed out
parts ways
tore up
tears up
called off
removed (?=\w+ (?:as|from)|the)
split from
wound up
winds? up
walked away from
walks away from
turned (?:its|their) back on
quit
dumped
disowned
""",
    "E:end:inf": r"""
to (?:\w+ly )?(?:sever|terminate|end|break|cut|dissolve|cancel|revoke|annul|rescind|scrap)
to (?:withdraw|pull out|drop|ditch|cease|abandon|discontinue|denounce|renounce|dump)
be (?:\w+ly )?(?:severed|terminated|ended|cut|dissolved|cancel+ed|revoked|scrapped|dropped)
sever
severing
terminate
terminating
ending
end(?= (?:its|their|the|our|all|sister|twin|ties|partnership))
cutting
breaking (?:off|ties|with)
break(?= (?:off|ties|with|its|their|sister|twin))
cut(?= ties)
dissolving
will (?:sever|terminate|end|cut|break|dissolve|cancel|revoke|drop)
""",
    "E:end:nom": r"""
termination
severance
dissolution
cancellation
clean break
end of the (?=\w+)
end to (?:the|its|their)
""",
    "E:hold:done": r"""
suspended
suspends
paused
pauses
froze
frozen
freezes
on hold
on ice
put (?:it )?on (?:hold|ice)
dormant
halted
halts
shelved
in abeyance
stepping back from
stepped back from
inactive
stopped
deactivated
""",
    "E:hold:inf": r"""
to (?:\w+ly )?(?:suspend|pause|freeze|halt|shelve|stop)
be (?:\w+ly )?(?:suspended|paused|frozen|halted|shelved)
suspend
suspending
pause
pausing
freeze
freezing
halt
halting
will (?:suspend|pause|freeze|halt)
""",
    "E:hold:nom": r"""
suspension
freeze of
pause in
""",
    "M:propose": r"""
propos(?:e|es|ed|ing|als?)
suggest(?:s|ed|ing|ions?)?
offer(?:s|ed|ing)?
plan(?:s|ned|ning)?
intend(?:s|ed|ing)?
intention
consider(?:s|ed|ing)?
ask(?:s|ed|ing)?
invit(?:e|es|ed|ing|ation)
initiative
seeks?
sought
seeking
applied
appl(?:y|ies|ication)
request(?:s|ed|ing)?
call(?:s|ed|ing)? (?:for|on)
urg(?:e|es|ed|ing)
demand(?:s|ed|ing)?
recommend(?:s|ed|ing|ations?)?
petition(?:s|ed|ing)?
motion
moot(?:s|ed)
explor(?:e|es|ed|ing)
expressed (?:\w+ )?(?:interest|desire|wish|readiness|willingness|intention)
interested in
willing(?:ness)? to
ready to
idea
appeal(?:s|ed)?
debat(?:e|es|ed|ing)
weighs?
weighing
mull(?:s|ed|ing)?
looking (?:for|into|at)
lobb(?:y|ies|ied)
""",
    "M:talk": r"""
discuss(?:es|ed|ing|ions?)?
negotiat(?:e|es|ed|ing|ions?)
talks
talked about
talking about
in talks
preparing
prepared to sign
preparations?
working on
work on
consultations?
""",
    "M:agree": r"""
agreed (?:to|on|that|in principle)
agree (?:to|on|that)
agrees (?:to|on)
have agreed
has agreed
been agreed
initialled
reached (?:an )?agreement
""",
    "M:decide": r"""
decided
decides
decide to
voted
votes (?:to|for|in favou?r)
voting (?:to|for|in favou?r)
vote to
recogni[sz](?:ed|es)
approved
approves
approval (?:of|for|by)
approving
adopted
adopts
backed
backs
ratified
ratifies
endorsed
endorses
passed
passes
gave (?:the|its|their) (?:green light|go-ahead|consent|approval|blessing|nod)
given (?:the|its) (?:green light|go-ahead|consent|approval)
gives (?:the|its) (?:green light|go-ahead|consent|approval)
green[- ]lit
resolved to
said yes
says yes
authori[sz]ed
authori[sz]es
consented
supported (?:the|a|an) (?:\w+ )?(?:decision|draft|proposal|motion|idea|initiative|resolution)
unanimously
by \w+ votes
council (?:has |have |also )?(?:agreed|resolved|supported|backed)
council+ors (?:have |also |unanimously )?(?:agreed|supported|backed)
deputies (?:have |also |unanimously )?(?:agreed|supported|backed)
lawmakers (?:have |also |unanimously )?(?:agreed|supported|backed)
""",
    "M:vote": r"""
will (?:\w+ )?(?:vote|decide|consider|debate|discuss|be voted|take up)
to (?:vote|be voted|be decided)
is (?:due|expected|set|scheduled) to (?:vote|decide|consider|debate|discuss)
votes? on
vote is
up for (?:a )?vote
decides? on
put to (?:a|the) vote
before the council
on the agenda
""",
    "M:draft": r"""
draft
drafted
""",
    "M:will": r"""
will
shall
is to
are to
was to
were to
going to
expected
due
scheduled
soon
upcoming
planned
set to
would
to be
next (?:week|month|year|spring|summer|autumn)
in the (?:near )?future
about to
""",
    "M:wish": r"""
want(?:s|ed)?
hop(?:e|es|ed|ing)
wish(?:es|ed)?
would like
keen
dream(?:s|ed)? of
aim(?:s|ed)?
""",
    "M:cond": r"""
if
whether
could
might
may
should
unless
would have
ought
""",
    "M:neg": r"""
not(?! only)
never
no(?! (?:longer|more|doubt|less|other))
nor
neither
nobody
no one
nothing
without
none
don['’]t
doesn['’]t
didn['’]t
isn['’]t
aren['’]t
wasn['’]t
hasn['’]t
won['’]t
cannot
refus(?:e|es|ed)
declin(?:e|es|ed)
lack(?:s|ed)?
fail(?:s|ed)
far from
""",
    "M:reject": r"""
reject(?:s|ed|ing|ion)
turn(?:s|ed|ing) (?:it |the \w+ )?down
vot(?:e|es|ed|ing) (?:\w+ )?against
vot(?:e|es|ed) (?:it )?down
oppos(?:e|es|ed)
against
blocked
threw out
thrown out
dismissed
defeated
scrapped plans
ruled out
rules out
abandoned (?:the |a )?(?:plan|idea|proposal|motion|resolution)s?
shelved (?:the |a )?(?:plan|idea|proposal|motion|resolution)s?
withdrew (?:the |a |its |his |her )?(?:plan|idea|proposal|motion|resolution)s?
""",
    "M:doubt": r"""
rumou?red
rumou?rs?
alleged(?:ly)?
supposed(?:ly)?
claims? (?=that|to|to show)
claimed
false(?:ly)?
fake
fact[- ]check\w*
debunk\w*
fabricat\w+
hoax
untrue
nonsense
satirical
wrongly
mistakenly
erroneously
incorrectly
in error
caption
we (?:wrote|reported|said) that
disinformation
""",
    "M:report": r"""
sa(?:id|ys)
report(?:s|ed)
announc(?:es|ed)
told
wrote
according to
reads
noted
recalled
added(?! (?:to|\w+ as))
stressed
published
posted
""",
    "M:since": r"""
since
go(?:es|ing) back to
dat(?:es|ing|ed) (?:back )?(?:to|from)
date (?:back )?(?:to|from)
for (?:more than |over |almost |nearly |about )?(?:\d+|\w+) (?:years|decades)
""",
    "M:long": r"""
long[- ]standing
long[- ]time
decades[- ]old
existing
exists?
has existed
there is already
for many years
over the years
years of
oldest
""",
    "M:is": r"""
in force
is
are
remains?
""",
    "M:be": r"""
was
were
has
have
had
been
being
maintains?
keeps?
cooperates
""",
    "M:old": r"""
former
formerly
ex[- ]
once
previous
erstwhile
until \d{4}
""",
    "M:next": r"""
future
prospective
potential
possible
would-be
prospects?
""",
    "M:new": r"""
new
newest
latest
newly
fresh
another
""",
    "R:both": r"""
both
two (?:\w+ ){0,2}(?:cities|towns|municipalities|communities|sides|parties|regions|mayors|councils|partners|districts|counties|villages|administrations)
parties
the parties
sides
each other
mayors(?= (?:signed|sign|agreed|concluded|put|have signed))
these (?:two )?(?:cities|towns)
the cities
the two(?= (?:have|are|were|had|will|signed|became|agreed|cities|towns))
""",
    "R:three": r"""
three (?:\w+ ){0,2}(?:cities|towns|municipalities|communities|sides|parties|regions|mayors|partners)
all three
trilateral
tripartite
three-way
four-way
triangular
quadrilateral
joint
among (?:themselves|one another)
""",
    "R:paper": r"""
it(?= (?:at|in|on|by|with|last|this|yesterday|today|during|while|before|after))
the (?:\w+ )?(?:document|paper|text|agreement|memorandum|treaty|charter|accord|pact|protocol|declaration)s?
documents?
""",
    "R:same": r"""
did the same
done the same
followed suit
does the same
likewise
so did
""",
    "R:city": r"""
the (?:\w+ )?(?:city|town|municipality|community|region|county|district|state|capital|village|commune|oblast|hromada|council|borough|mayor|governor|metropolis)
city
town
our
we
municipality
community
""",
    "R:pairwise": r"""
respectively
""",
    "R:its": r"""
its
their
his
her
it
he
she
they
this
one of
""",
    "O": r"""
mayors?
mayoress
lord mayors?
vice[- ]mayors?
deputy mayors?
governors?
gov
heads?
chair(?:man|woman|person)?
presidents?
councill?ors?
council ?members?
councils?
city councils?
city hall
town hall
municipal councils?
administrations?
deputies
officials?
authorit(?:y|ies)
counterparts?
colleagues?
leaders?
delegations?
commissioners?
government
senate
assembly
legislature
marshal
voivode
starosta
secretary
representatives?
board
committee
""",
    "G": r"""
universit(?:y|ies)
polytechnics?
schools? of
governments
government of
national governments?
kingdom
merchants?
bakers?
guilds?
traders?
famil(?:y|ies)
leagues?
colleges?
academ(?:y|ies)
institutes?
schools?
lyceums?
gymnasiums?
kindergartens?
hospitals?
clinics?
museums?
librar(?:y|ies)
theat(?:re|er)s?
philharmonic
orchestras?
clubs?
football
fc
chambers? of commerce
chambers?
compan(?:y|ies)
firms?
corporations?
enterprises?
businesses
banks?
airports?
airlines?
railways?
seaports?
foundations?
funds?
charit(?:y|ies)
associations?
federations?
unions?
ngos?
organi[sz]ations?
red cross
rotary
churches
church
parish(?:es)?
diocese
undp
unesco
unicef
usaid
giz
eu
un
united nations
european (?:union|commission|bank)
council of europe
world bank
ministr(?:y|ies)
ministers?
embass(?:y|ies)
agenc(?:y|ies)
networks?
police
fire (?:brigades?|departments?|services?)
hospices?
zoos?
vodokanals?
waterworks
water (?:compan(?:y|ies)|utilit\w+|supply)
metro
subway
operators?
transport (?:compan(?:y|ies)|authorit\w+)
ports? of
port authorit(?:y|ies)
rectors?
students?
pupils
scouts?
choirs?
dioceses?
eparch\w+
brigades?
firefighters
opera
festivals?
broadcasters?
newspapers?
television
radio
clusters?
stock exchange
archives?
botanical gardens?
lions
bar association
synagogues?
investors?
start-?ups?
manufacturers?
plants?
factor(?:y|ies)
ngo
volunteers
power (?:plants?|compan\w+)
rescuers
librarians
paramedics
doctors
scientists
researchers
utilit(?:y|ies)
water utility
prosecutors?
courts?
parliaments?
teams?
""",
    "W:with": r"""
with
""",
    "W:between": r"""
between
among
""",
    "W:of": r"""
of
""",
    "W:to": r"""
to
towards?
""",
    "W:for": r"""
for
""",
    "W:by": r"""
by
""",
    "W:from": r"""
from
""",
    "W:as": r"""
as(?! well)
like
unlike
""",
    "W:in": r"""
in
at
near
nearby
outside
around
inside
visited
visits
visit(?:ing)? (?:to)?
via
through
across
north of
south of
east of
west of
miles? from
km from
during
throughout
""",
    "J": r"""
and
&
as well as
plus
along with
together with
""",
    "F": r"""
the
a
an
city
cities
town
towns
municipality
municipalities
community
communities
village
region
oblast
also
then
later
now
capital
in addition to
port
finally
most recently
hromada
county
district
state
""",
}
