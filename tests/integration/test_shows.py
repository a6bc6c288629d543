import time


def test_a(starter, client, db):
    assert starter.rows > 100, starter
    for p in [
        "/en/",
        "/en/places/",
        "/en/ties/",
        "/en/sweep/",
        "/en/data/",
        "/en/about/",
        "/en/places/katottg:UA18040190000029215/",
        "/en/partners/katottg:UA18040190000029215/",
    ]:
        t = time.time()
        r = client.get(p)
        print(p, r.status_code, len(r.content), time.time() - t)
    print(starter.refused[:5], len(starter.refused))
