"""The blog as Django's models."""

from django.db import models


class Author(models.Model):
    name = models.TextField()

    class Meta:
        db_table, managed = "author", False


class Tag(models.Model):
    name = models.TextField()
    slug = models.TextField()

    class Meta:
        db_table, managed, ordering = "tag", False, ["id"]


class Post(models.Model):
    author = models.ForeignKey(Author, models.PROTECT)
    title = models.TextField()
    body = models.TextField()
    tags = models.ManyToManyField(Tag, db_table="post_tag")

    class Meta:
        db_table, managed = "post", False
