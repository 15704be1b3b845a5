CREATE TABLE ships (name text PRIMARY KEY, berth integer NOT NULL);
INSERT INTO ships VALUES ('Aurora', 1), ('Bellatrix', 4), ('Capella', 2);
