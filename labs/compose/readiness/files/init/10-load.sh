# Loads the tide tables of the year, station by station. Runs once, when the database is new.
psql -v ON_ERROR_STOP=1 -c 'CREATE TABLE stations (name text)'
sleep 5
psql -v ON_ERROR_STOP=1 -c "INSERT INTO stations VALUES ('Brest'), ('Dover'), ('Esbjerg')"
