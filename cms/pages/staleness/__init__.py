"""How translations stand to their sources: sentence by sentence, and object by object.

`wording` compares texts and knows no database, `queries` reads wagtail-localize's tables, `lines`
says of each sentence whether its translation is up to date, `objects` of each page and snippet.
"""
