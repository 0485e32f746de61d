//! SeaORM 2.0 with dense entities: the loaders, as "Data Loader" says
//! (<https://www.sea-ql.org/SeaORM/docs/relation/data-loader/>); the Entity Loader, as the README of the crate says; and
//! loaders over slices of posts with the author joined, which is what its users do about "too many SQL variables".

use crate::digest::Digest;
use crate::peer::{Form, Load};
use anyhow::{Context, Result};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, EntityTrait, LoaderTrait, QueryFilter, QueryOrder};
use std::path::Path;
use tokio::runtime::Runtime;

mod author {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "author")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        #[sea_orm(has_many)]
        pub posts: HasMany<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod post {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "post")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub author_id: i64,
        pub title: String,
        pub body: String,
        #[sea_orm(belongs_to, from = "author_id", to = "id")]
        pub author: BelongsTo<super::author::Entity>,
        #[sea_orm(has_many, via = "post_tag")]
        pub tags: HasMany<super::tag::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod post_tag {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "post_tag")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub post_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub tag_id: i64,
        #[sea_orm(belongs_to, from = "post_id", to = "id")]
        pub post: BelongsTo<super::post::Entity>,
        #[sea_orm(belongs_to, from = "tag_id", to = "id")]
        pub tag: BelongsTo<super::tag::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod tag {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tag")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub slug: String,
        #[sea_orm(has_many, via = "post_tag")]
        pub posts: HasMany<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A post, its author and its tags, as the loaders leave them to be zipped.
type Zipped = Vec<(post::Model, Option<author::Model>, Vec<tag::Model>)>;

#[derive(Debug)]
struct Opened {
    runtime: Runtime,
    db: DatabaseConnection,
    form: Form,
}

impl Opened {
    fn open(path: &Path, form: Form) -> Result<Self> {
        let runtime = super::runtime()?;
        let mut options = ConnectOptions::new(format!("sqlite://{}?mode=ro", path.display()));
        options.max_connections(1).sqlx_logging(false);
        let db = runtime.block_on(Database::connect(options))?;
        Ok(Self { runtime, db, form })
    }
}

/// All posts, then the author and the tags of all of them.
#[derive(Debug)]
pub struct Loaders(Opened);

impl Loaders {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Opened::open(path, form).map(Self)
    }
}

impl Load for Loaders {
    type Posts = Zipped;

    fn load(&mut self) -> Result<Zipped> {
        let Opened { runtime, db, form } = &self.0;
        runtime.block_on(async {
            let query = post::Entity::find().order_by_id_asc();
            let posts = match form {
                Form::Keyed => query.filter(post::COLUMN.id.ne(1)).all(db).await?,
                Form::Whole => query.all(db).await?,
            };
            let authors = posts.load_one(author::Entity, db).await?;
            let tags = posts.load_many(tag::Entity, db).await?;
            Ok(posts.into_iter().zip(authors).zip(tags).map(|((post, author), tags)| (post, author, tags)).collect())
        })
    }

    fn digest(posts: &Zipped, digest: &mut Digest) -> Result<()> {
        zipped(posts, digest)
    }
}

/// Posts joined with their author, then the tags of so many posts at a time.
#[derive(Debug)]
pub struct Chunks(Opened);

/// The posts of a chunk.
const CHUNK: usize = 500;

impl Chunks {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Opened::open(path, form).map(Self)
    }
}

impl Load for Chunks {
    type Posts = Zipped;

    fn load(&mut self) -> Result<Zipped> {
        let Opened { runtime, db, form } = &self.0;
        runtime.block_on(async {
            let query = post::Entity::find().find_also_related(author::Entity).order_by_asc(post::COLUMN.id);
            let rows = match form {
                Form::Keyed => query.filter(post::COLUMN.id.ne(1)).all(db).await?,
                Form::Whole => query.all(db).await?,
            };
            let (posts, authors): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let mut tags = Vec::with_capacity(posts.len());
            for chunk in posts.chunks(CHUNK) {
                tags.extend(chunk.load_many(tag::Entity, db).await?);
            }
            Ok(posts.into_iter().zip(authors).zip(tags).map(|((post, author), tags)| (post, author, tags)).collect())
        })
    }

    fn digest(posts: &Zipped, digest: &mut Digest) -> Result<()> {
        zipped(posts, digest)
    }
}

/// `Entity::load().with(…)`
#[derive(Debug)]
pub struct EntityLoader(Opened);

impl EntityLoader {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Opened::open(path, form).map(Self)
    }
}

impl Load for EntityLoader {
    type Posts = Vec<post::ModelEx>;

    fn load(&mut self) -> Result<Vec<post::ModelEx>> {
        let Opened { runtime, db, form } = &self.0;
        runtime.block_on(async {
            let query = post::Entity::load().order_by_asc(post::COLUMN.id).with(author::Entity).with(tag::Entity);
            Ok(match form {
                Form::Keyed => query.filter(post::COLUMN.id.ne(1)).all(db).await?,
                Form::Whole => query.all(db).await?,
            })
        })
    }

    fn digest(posts: &Vec<post::ModelEx>, digest: &mut Digest) -> Result<()> {
        for post in posts {
            let author = post.author.as_ref().context("a post without an author")?;
            digest.post(post.id, &post.title, &post.body, author.id, &author.name);
            post.tags.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
        }
        Ok(())
    }
}

fn zipped(posts: &Zipped, digest: &mut Digest) -> Result<()> {
    for (post, author, tags) in posts {
        let author = author.as_ref().context("a post without an author")?;
        digest.post(post.id, &post.title, &post.body, author.id, &author.name);
        tags.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
    }
    Ok(())
}
