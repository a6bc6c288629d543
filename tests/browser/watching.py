"""What a page does unseen: faults, requests, bytes on the wire."""


def is_error(line):
    """Whether a line of the console tells of a fault.

    A request that a later one replaces is none, though htmx writes two lines about it; what fails
    it tells by other names (`htmx:responseError`, `htmx:sendError`).
    """
    replaced = line.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))
    return line.type == "error" and not replaced


def watch(page):
    """Keep what went wrong, who was asked, and how many bytes came (`page.seen`)."""
    seen = {"errors": [], "requests": [], "bytes": 0}
    page.seen = seen
    page.on("console", lambda line: seen["errors"].append(line.text) if is_error(line) else 0)
    page.on("pageerror", lambda error: seen["errors"].append(str(error)))
    page.on("request", lambda request: seen["requests"].append(request.url))
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")

    def count(event):
        seen["bytes"] += event["encodedDataLength"]

    wire.on("Network.loadingFinished", count)
