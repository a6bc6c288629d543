"""Words by which texts speak of ties, one module a language: data, no rules.

Each module has `ENTRIES`: a tag, and under it patterns, one a line. A pattern begins with letters
and is tried where a word begins with them; `mistok.reading.ties.cues` says how. The tags:

- `T:kind:shape` words for a tie: `role` (sister city), `state` (partnership), `paper`
  (agreement), `verb` (twinned); `loose` ones ("partners") count only with help from others;
- `E:base:form` what happens to it: `sign`, `become`, `start`, `end`, `hold`, `renew`; `done`,
  `now` (headlines, "is active"), `inf`, `fut`, `nom` (a noun);
- `M:..` what colours it: propose, talk, agree, decide, vote (a decision still to come), will,
  wish, cond, neg, reject, report, since, be, draft, old, ask;
- `R:..` words that stand for parties named before; `O` officials and councils; `G` bodies that
  are no authority; `W:..` prepositions; `J` "and"; `F` words that may stand inside a list.
"""
