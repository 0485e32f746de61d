"""SQLAlchemy's ORM as "Relationship Loading Techniques" says (docs.sqlalchemy.org/en/21/orm/queryguide/relationships.html):
`selectinload` for both, or `joinedload` for the author and `selectinload` for the tags. A session for each load."""

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


post_tag = sa.Table(
    "post_tag",
    Base.metadata,
    sa.Column("post_id", sa.ForeignKey("post.id"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey("tag.id"), primary_key=True),
)


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]


class Post(Base):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("author.id"))
    title: Mapped[str]
    body: Mapped[str]
    author: Mapped[Author] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=post_tag, order_by=Tag.id)


def open(name, path, keyed):
    engine = sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    author = joinedload(Post.author) if name == "sqlalchemy-joined" else selectinload(Post.author)

    def load():
        query = sa.select(Post).order_by(Post.id).options(author, selectinload(Post.tags))
        if keyed:
            query = query.where(Post.id != 1)
        with Session(engine) as session:
            return session.scalars(query).all()

    def statements():
        sent = []
        count = lambda *_: sent.append(1)
        sa.event.listen(engine, "before_cursor_execute", count)
        load()
        sa.event.remove(engine, "before_cursor_execute", count)
        return len(sent)

    return load, lambda post: (post, post.author, post.tags), statements, f"SQLAlchemy {sa.__version__}"
