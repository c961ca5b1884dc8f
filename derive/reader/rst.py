from derive.reader.markdown import MarkdownScanner

RstScanner = MarkdownScanner
