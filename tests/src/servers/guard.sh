# Runs a server for as long as the process lives that started this, then stops it and removes its directory.
# Nothing is ever written to standard input: it ends when the other side is gone, however that ended.
directory=$1
server=$2
shift 2
(
    trap : TERM
    sh -c "$server" server "$@" >"$directory/log" 2>&1 </dev/null
    : >"$directory/ended"
) &
cat >/dev/null
# Both signals: PostgreSQL waits for its clients on the first, and MariaDB knows only that.
trap '' INT TERM
kill -TERM 0
kill -INT 0
tries=0
while [ ! -e "$directory/ended" ] && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
# What did not get to its end may still write.
until rm -rf -- "$directory" || [ $tries -ge 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
kill -KILL 0
