//! A connection to a server, through which a test loads and runs statements of its own.

use eagerly::error::{Error, Errors};
use eagerly::{LoadSpec, Plan, Planner};
use eagerly_tests::database::Backend;
use eagerly_tests::servers::{Server, server};
use mysql_async::prelude::Queryable as _;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

pub(super) struct Live {
    runtime: Runtime,
    connection: Option<Connection>,
}

enum Connection {
    Postgres(Box<eagerly_postgres::Connection>),
    Mysql(Box<eagerly_mysql::Connection>),
}

/// Runs a test on each server that is there.
pub(super) fn on_servers(test: impl Fn(&Server)) {
    Backend::SERVERS.into_iter().filter_map(server).for_each(test);
}

impl Live {
    pub(super) fn open(backend: Backend, url: &str) -> Result<Self, Errors> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let connection = Some(match backend {
            Backend::Postgres => Connection::Postgres(Box::new(runtime.block_on(eagerly_postgres::connect(url))?)),
            _ => Connection::Mysql(Box::new(runtime.block_on(eagerly_mysql::connect(url))?)),
        });
        Ok(Self { runtime, connection })
    }

    /// Opens `N` connections to a database of that name, which the SQL makes.
    pub(super) fn many<const N: usize>(server: &Server, name: &str, sql: &str) -> [Self; N] {
        let url = server.make(&format!("eagerly_test_class_{name}"), sql);
        std::array::from_fn(|_| Self::open(server.backend(), &url).unwrap())
    }

    /// Runs a statement of the test's own, around the driver.
    pub(super) fn run(&mut self, sql: &str) -> Result<(), Error> {
        let Self { runtime, connection } = self;
        runtime.block_on(async {
            match connection.as_mut().unwrap() {
                Connection::Postgres(connection) => {
                    let done = connection.client().batch_execute(sql).await;
                    done.map_err(|error| eagerly_postgres::database_error(error, "cannot run"))
                }
                Connection::Mysql(connection) => {
                    let done = connection.conn().unwrap().query_drop(sql).await;
                    done.map_err(|error| eagerly_mysql::database_error(error, "cannot run"))
                }
            }
        })
    }

    /// The server's number of the connection.
    pub(super) fn id(&mut self) -> String {
        let Self { runtime, connection } = self;
        runtime.block_on(async {
            match connection.as_mut().unwrap() {
                Connection::Postgres(connection) => {
                    let row = connection.client().query_one("SELECT pg_backend_pid()", &[]).await.unwrap();
                    row.get::<_, i32>(0).to_string()
                }
                Connection::Mysql(connection) => connection.conn().unwrap().id().to_string(),
            }
        })
    }

    pub(super) fn plan(&mut self, spec: &str) -> Plan {
        let Self { runtime, connection } = self;
        let planner = runtime.block_on(async {
            match connection.as_mut().unwrap() {
                Connection::Postgres(connection) => {
                    let graph = eagerly_postgres::reflect(connection.client()).await.unwrap();
                    Planner::new(graph, eagerly_postgres::dialect(connection))
                }
                Connection::Mysql(connection) => {
                    let graph = eagerly_mysql::reflect(connection).await.unwrap();
                    Planner::new(graph, eagerly_mysql::dialect(connection))
                }
            }
        });
        planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap()
    }

    pub(super) fn load(&mut self, plan: &Plan) -> Result<String, Error> {
        let Self { runtime, connection } = self;
        let graph = runtime.block_on(async {
            match connection.as_mut().unwrap() {
                Connection::Postgres(connection) => eagerly_postgres::load(connection, plan).await,
                Connection::Mysql(connection) => eagerly_mysql::load(connection, plan).await,
            }
        });
        graph.and_then(|graph| graph.to_json()).map_err(|errors| errors.first().clone())
    }

    /// Loads in a thread of its own.
    pub(super) fn load_aside(mut self, plan: Plan) -> JoinHandle<Result<String, Error>> {
        std::thread::spawn(move || self.load(&plan))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _inside = self.runtime.enter();
        self.connection = None;
    }
}

/// Does something again and again until a load has failed.
pub(super) fn until_it_fails(load: JoinHandle<Result<String, Error>>, mut again: impl FnMut()) -> Error {
    let end = Instant::now() + Duration::from_secs(60);
    while !load.is_finished() {
        assert!(Instant::now() < end, "the load goes on");
        again();
        std::thread::sleep(Duration::from_millis(50));
    }
    load.join().unwrap().unwrap_err()
}
