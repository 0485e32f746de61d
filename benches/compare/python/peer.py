"""The peers in Python, one a process: `peer.py PEER FILE FORM`.

Speaks as `../src/peers/program.rs` says, and writes the bytes of `../src/digest.rs`. A peer is a module with
`open(name, path, keyed)`, which gives a function that loads, a function that tells of a post (its columns, its
author, its tags), one that counts statements, and the version.
"""

import hashlib
import sqlite3
import sys
import time


def digest(posts, parts):
    sha = hashlib.sha256()
    for post in posts:
        post, author, tags = parts(post)
        sha.update(f"post\x1f{post.id}\x1f{post.title}\x1f{post.body}\x1f{author.id}\x1f{author.name}\x1e".encode())
        for tag in tags:
            sha.update(f"tag\x1f{tag.id}\x1f{tag.name}\x1f{tag.slug}\x1e".encode())
    return sha.hexdigest()


def timed(load, loads):
    times = []
    for _ in range(loads):
        start = time.perf_counter_ns()
        posts = load()
        del posts
        times.append(time.perf_counter_ns() - start)
    return " ".join(map(str, times))


def answer(question, peer):
    load, parts, statements, _ = peer
    if question.startswith("time "):
        return timed(load, int(question.removeprefix("time ")))
    if question == "digest":
        return digest(load(), parts)
    if question == "statements":
        return statements()
    raise ValueError(f"no such question: {question}")


def main():
    name, path, form = sys.argv[1:]
    if name.startswith("sqlalchemy"):
        import sqlalchemy_peer as module
    else:
        import django_peer as module
    peer = module.open(name, path, form == "keyed")
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"ready in Python {python}, on SQLite {sqlite3.sqlite_version}: {peer[3]}", flush=True)
    for question in sys.stdin:
        try:
            print("ok", answer(question.strip(), peer), flush=True)
        except Exception as error:
            print("error", " ".join(f"{type(error).__name__}: {error}".split())[:300], flush=True)


if __name__ == "__main__":
    main()
