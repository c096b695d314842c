"""What notebooks call to put something on the page, in Lab and in the published HTML, PDF and Word alike.

A briefing notebook runs top to bottom like this:

    from analysis import show

    show.open_briefing(facts, documents)     # once, after loading: which facts may be cited, and the documents' texts
    show.masthead("Lebanon and Gaza", as_of="2024-10-30", period=("2024-09-30", "2024-10-30"))
    show.lead(sentence)                      # the answer in at most 60 words
    show.judgements(judgements)              # three to six, ranked
    show.key_figures(figures)                # four to six
    show.heading("Talks move on two tracks") # a finding as heading, when it is computed; else a markdown cell
    show.prose(sentence, sentence)           # one paragraph
    show.points([sentence, sentence])        # a list
    show.chart(chart)                        # an analysis.charts.chart.Chart, or a Figure with label=, title=, alt= ...
    show.table(frame, label="table-claims", title="Who says what", facts="facts")
    show.note("Boundaries imply no endorsement.")
    show.yardstick([("likely", 55, 80), ...])    # the likelihood scale, once
    show.end()                               # last cell: the evidence for every fact cited above

Words: wherever text goes, give a `str`, a `Phrase`, a `Sentence` (analysis.prose) or a list of them. A phrase with facts gets a
number that leads to its evidence: a footnote in the PDF, the marked passage in the HTML. A fact that is not among the
facts of the briefing is an error, and so is a chart or table without the words it needs. Nothing to show (an empty frame, a
chart without figure) prints one sentence instead: `empty=`.

`judgements` takes, ranked, for each one a Sentence; or a list of Sentences (first the judgement, then the reason for the
confidence); or an object or mapping with `text` and optionally `reason` (each a str or Sentence), `likelihood`,
`confidence`, `facts` (ids, cited after `text` where the text itself cites none).

`key_figures` takes objects or mappings: `label` ("Killed in Lebanon"), `value` ("at least 1,754", or its older name
`text`), `attribution` ("Lebanese Health Ministry"), `as_of` (ISO day or None), `facts` (ids).

`table`: a frame, one row a line, one column a column. Column names become headings (underscores to blanks; rename with
`columns={...}`; only the columns named there are shown if `only=True`). Numbers stand right with thousands marks
(`formats={"share": "{:.0%}"}` for others), ISO days read as dates, missing reads "–". A cell may hold a Phrase, a Sentence
or a list of them. `facts="facts"` names the column with each row's fact ids (shown as note numbers in a last column "Evidence");
`facts={"killed": "killed_facts"}` does so cell by cell; a list of ids belongs to the table as a whole. `align={"place": "left"}`
and `widths={"claim": 3}` (shares) override the defaults. The first column heads its row. `total=True` rules off the last row.

Each call emits display data whose `metadata["briefing"]` is the block that the exporters read; they never guess from HTML.
"""
