package org.sekisho.engine.provision;

import static org.sekisho.engine.catalog.ColumnKind.DATE;
import static org.sekisho.engine.catalog.ColumnKind.FACILITY;
import static org.sekisho.engine.catalog.ColumnKind.PERSON;
import static org.sekisho.engine.catalog.ColumnKind.RECORD;
import static org.sekisho.engine.duckdb.DatabaseBuilder.literal;
import static org.sekisho.engine.duckdb.DatabaseBuilder.name;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.duckdb.RowBatch;
import org.sekisho.engine.provision.Provisions.ProvidedPersons;
import org.sekisho.engine.pseudonym.Numbering;
import org.sekisho.engine.pseudonym.Pseudonyms;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;

/**
 * Fills one provision's database. First the keys, as temporary tables that never reach the file: vault pseudonym to
 * project pseudonym for persons and facilities, old to new number for records. Then every granted table, joined to the
 * keys: a person without a key (opted out, another prefecture) has no rows. Rows are ordered by the project's own
 * pseudonym, so that not even their order tells two projects who is who.
 */
final class ProvisionBuild {
    private static final Table KEYS = Table.of(
            "keys", "", "", Column.of("vault", "BIGINT", PERSON, "", ""), Column.of("own", "BIGINT", PERSON, "", ""));

    private final List<GrantedDataset> granted;
    private final ProvidedPersons persons;
    private final Pseudonyms own;
    private final Set<Long> ownPersons = new HashSet<>();
    private final Set<Long> ownFacilities = new HashSet<>();

    ProvisionBuild(List<GrantedDataset> granted, ProvidedPersons persons, Pseudonyms own) {
        this.granted = granted;
        this.persons = persons;
        this.own = own;
    }

    /** Writes the file, closed and complete; returns the tables in it. */
    List<Table> into(Path file) {
        var tables = new ArrayList<Table>();
        try (var database = DatabaseBuilder.file(file);
                var allocator = new RootAllocator()) {
            database.run("SET temp_directory = "
                    + literal(file.resolveSibling("spill").toString()));
            for (var dataset : granted) {
                personKeys(database, allocator, dataset);
                facilityKeys(database, allocator, dataset);
                var records = recordKeys(database, dataset);
                for (var table : dataset.tables()) {
                    database.run(create(dataset, table, records));
                    tables.add(table.described());
                }
                drop(database, records);
            }
            database.run("CHECKPOINT");
        }
        return tables;
    }

    /** Numbers everybody who came in, persons and facilities, after whom the project was given before. */
    void number(Path project) {
        extend(project.resolve(Provision.PERSON_NUMBERS), values(ownPersons), formerly(persons, own));
        extend(project.resolve(Provision.FACILITY_NUMBERS), values(ownFacilities), Map.of());
    }

    /**
     * The project's pseudonym of everybody who turned out to be somebody else, with that of now: also of those whose
     * older records are not in the data any more, for an earlier provision may have held them.
     */
    static Map<Long, Long> formerly(ProvidedPersons persons, Pseudonyms own) {
        var formerly = new HashMap<Long, Long>();
        for (var vault : persons.aliases().keySet()) {
            formerly.put(own.of(Domain.PERSON, vault), own.of(Domain.PERSON, persons.root(vault)));
        }
        return formerly;
    }

    private static long[] values(Set<Long> pseudonyms) {
        return pseudonyms.stream().mapToLong(Long::longValue).toArray();
    }

    static void extend(Path file, long[] pseudonyms, Map<Long, Long> formerly) {
        var before = Numbering.read(file);
        var after = before.with(pseudonyms, formerly);
        if (!after.same(before) || Files.notExists(file)) {
            after.write(file);
        }
    }

    private void personKeys(DatabaseBuilder database, RootAllocator allocator, GrantedDataset dataset) {
        var absent = persons.absent();
        var keys = new Keys(own, Domain.PERSON);
        for (var vault : database.numbers(population(dataset))) {
            var root = persons.root(vault);
            if (!absent.contains(root)) {
                ownPersons.add(keys.add(vault, root));
            }
        }
        keys.into(database, allocator, "person_key");
    }

    /** Every vault pseudonym that the grant's prefectures let through. */
    private static String population(GrantedDataset dataset) {
        var register =
                dataset.dataset().table("person").filter(t -> t.first(PERSON).isPresent());
        var prefectures = dataset.grant().prefectures();
        if (register.isPresent()) {
            var where = prefectures.isEmpty() ? "" : " WHERE " + within(dataset, register.get());
            return "SELECT DISTINCT " + name(personColumn(register.get())) + " FROM " + dataset.source(register.get())
                    + where;
        }
        if (!prefectures.isEmpty()) {
            throw noPrefecture(dataset);
        }
        return dataset.dataset().tables().stream()
                .filter(t -> t.first(PERSON).isPresent())
                .map(t -> "SELECT " + name(personColumn(t)) + " FROM " + dataset.source(t))
                .collect(Collectors.joining(" UNION ", "", ""))
                .transform(q -> q.isEmpty() ? "SELECT 0 WHERE false" : q);
    }

    private static String within(GrantedDataset dataset, Table register) {
        var places = dataset.grant().prefectures().stream()
                .sorted()
                .map(DatabaseBuilder::literal)
                .collect(Collectors.joining(", ", "(", ")"));
        return Stream.of("prefecture", "prefecture_code")
                .filter(c -> register.column(c).isPresent())
                .map(c -> name(c) + " IN " + places)
                .reduce((a, b) -> a + " OR " + b)
                .orElseThrow(() -> noPrefecture(dataset));
    }

    private static EngineException noPrefecture(GrantedDataset dataset) {
        return new EngineException(
                "no-prefecture", dataset.dataset().id() + " does not say in which prefecture a person lives");
    }

    private void facilityKeys(DatabaseBuilder database, RootAllocator allocator, GrantedDataset dataset) {
        var keys = new Keys(own, Domain.FACILITY);
        var columns = dataset.tables().stream()
                .flatMap(t -> of(t.stored(), FACILITY)
                        .map(c -> "SELECT " + name(c.name()) + " AS f FROM " + dataset.source(t.stored())))
                .collect(Collectors.joining(" UNION "));
        if (!columns.isEmpty()) {
            for (var vault : database.numbers("SELECT f FROM (" + columns + ") WHERE f IS NOT NULL")) {
                ownFacilities.add(keys.add(vault, vault));
            }
        }
        keys.into(database, allocator, "facility_key");
    }

    /** Numbers the records of every key column anew, in an order that depends on the project's pseudonyms. */
    private static Map<String, String> recordKeys(DatabaseBuilder database, GrantedDataset dataset) {
        var keys = new HashMap<String, String>();
        for (var table : homesFirst(dataset.dataset().tables())) {
            for (var column : of(table, RECORD).toList()) {
                if (!keys.containsKey(column.name()) && isGranted(dataset, column)) {
                    var key = "record_key_" + keys.size();
                    keys.put(column.name(), key);
                    database.run(numbered(dataset, table, column, key));
                }
            }
        }
        return keys;
    }

    /** A record is at home where its key is the first column; elsewhere it is referred to. */
    private static List<Table> homesFirst(List<Table> tables) {
        return tables.stream()
                .sorted(Comparator.comparing(t -> t.columns().getFirst().kind() != RECORD))
                .toList();
    }

    private static boolean isGranted(GrantedDataset dataset, Column column) {
        return dataset.tables().stream()
                .anyMatch(t -> t.columns().stream()
                        .anyMatch(c -> c.kind() == RECORD && c.name().equals(column.name())));
    }

    private static String numbered(GrantedDataset dataset, Table home, Column column, String key) {
        var person = home.first(PERSON);
        var date = home.first(DATE).map(d -> "min(s." + name(d.name()) + ")").orElse("0");
        return "CREATE TEMP TABLE " + key + " AS SELECT vault, row_number() OVER () AS own FROM (SELECT s."
                + name(column.name()) + " AS vault, " + (person.isPresent() ? "min(p.own)" : "0") + " AS a, " + date
                + " AS b FROM " + dataset.source(home) + " s"
                + person.map(p -> " JOIN person_key p ON p.vault = s." + name(p.name()))
                        .orElse("")
                + " WHERE s." + name(column.name()) + " IS NOT NULL GROUP BY 1 ORDER BY a, b, vault)";
    }

    private static String create(GrantedDataset dataset, GrantedTable table, Map<String, String> records) {
        var joins = new StringBuilder();
        var select = new ArrayList<String>();
        var once = "";
        var number = 0;
        for (var column : table.columns()) {
            var alias = "k" + number++;
            var stored = "s." + name(column.name());
            var keys = keys(column, records);
            keys.ifPresent(k -> joins.append(column.kind() == PERSON ? " JOIN " : " LEFT JOIN ")
                    .append(k + " " + alias + " ON " + alias + ".vault = " + stored));
            if (column.kind() == PERSON && "person".equals(table.stored().name())) {
                once = " QUALIFY row_number() OVER (PARTITION BY " + alias + ".own) = 1";
            }
            select.add((keys.isPresent() ? alias + ".own" : stored) + " AS " + name(column.name()));
        }
        return "CREATE TABLE " + name(table.name()) + " AS SELECT " + String.join(", ", select) + " FROM "
                + dataset.source(table.stored()) + " s" + joins + period(dataset.grant(), table.stored()) + once
                + order(table);
    }

    private static Optional<String> keys(Column column, Map<String, String> records) {
        return switch (column.kind()) {
            case PERSON -> Optional.of("person_key");
            case FACILITY -> Optional.of("facility_key");
            case RECORD -> Optional.of(Objects.requireNonNull(records.get(column.name())));
            case DATE, CODE, QUASI_IDENTIFIER, VALUE -> Optional.empty();
        };
    }

    /** The register itself is not cut by the period: who was observed is not an event. */
    private static String period(DataGrant grant, Table table) {
        var date = table.first(DATE);
        if (date.isEmpty() || "person".equals(table.name())) {
            return "";
        }
        var column = "s." + name(date.get().name());
        var conditions = new ArrayList<String>();
        grant.from().ifPresent(from -> conditions.add(column + " >= DATE '" + from + "'"));
        grant.to().ifPresent(to -> conditions.add(column + " < DATE '" + to.plusDays(1) + "'"));
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private static String order(GrantedTable table) {
        var order = Stream.of(PERSON, DATE, RECORD)
                .flatMap(kind -> table.columns().stream().filter(c -> c.kind() == kind).findFirst().stream())
                .map(c -> name(c.name()))
                .collect(Collectors.joining(", "));
        return " ORDER BY " + (order.isEmpty() ? "ALL" : order);
    }

    private static void drop(DatabaseBuilder database, Map<String, String> records) {
        Stream.concat(Stream.of("person_key", "facility_key"), records.values().stream())
                .forEach(t -> database.run("DROP TABLE " + t));
    }

    private static Stream<Column> of(Table table, ColumnKind kind) {
        return table.columns().stream().filter(c -> c.kind() == kind);
    }

    private static String personColumn(Table table) {
        return table.first(PERSON).orElseThrow().name();
    }

    /** Pseudonyms of pseudonyms, none of them twice. */
    private static final class Keys {
        private final Pseudonyms pseudonyms;
        private final Domain domain;
        private final Map<Long, Long> ownByRoot = new HashMap<>();
        private final Map<Long, Long> ownByVault = new HashMap<>();
        private final HashSet<Long> given = new HashSet<>();

        Keys(Pseudonyms pseudonyms, Domain domain) {
            this.pseudonyms = pseudonyms;
            this.domain = domain;
        }

        long add(long vault, long root) {
            var pseudonym = ownByRoot.computeIfAbsent(root, this::fresh);
            ownByVault.put(vault, pseudonym);
            return pseudonym;
        }

        private long fresh(long root) {
            var own = pseudonyms.of(domain, root);
            if (!given.add(own)) {
                throw new EngineException("pseudonym-collision", "two pseudonyms of this project are the same");
            }
            return own;
        }

        void into(DatabaseBuilder database, RootAllocator allocator, String table) {
            try (var rows = new RowBatch(KEYS, allocator)) {
                ownByVault.forEach(
                        (vault, own) -> rows.integer(vault).integer(own).end());
                database.run("CREATE TEMP TABLE " + table + " AS FROM batch", rows, allocator);
            }
        }
    }
}
