"""Django's ORM as its reference says (docs.djangoproject.com/en/5.2/ref/models/querysets/#prefetch-related):
`prefetch_related` for both, or `select_related` for the author and `prefetch_related` for the tags."""

import django
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext


def configure(path):
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"file:{path}?mode=ro"}
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["blog"], DEBUG=False)
    django.setup()


def open(name, path, keyed):
    configure(path)
    # Models can be imported once Django is set up.
    from blog.models import Post

    def load():
        posts = Post.objects.exclude(pk=1) if keyed else Post.objects.all()
        if name == "django-select":
            posts = posts.select_related("author").prefetch_related("tags")
        else:
            posts = posts.prefetch_related("author", "tags")
        return list(posts.order_by("id"))

    def statements():
        with CaptureQueriesContext(connection) as queries:
            load()
        return len(queries)

    return load, lambda post: (post, post.author, post.tags.all()), statements, f"Django {django.__version__}"
