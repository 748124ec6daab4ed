package org.sekisho.engine.provision;

import static org.sekisho.engine.catalog.ColumnKind.FACILITY;
import static org.sekisho.engine.catalog.ColumnKind.PERSON;
import static org.sekisho.engine.duckdb.DatabaseBuilder.name;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Json;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.pseudonym.Numbering;
import org.sekisho.engine.pseudonym.PersonIndex;
import org.sekisho.engine.pseudonym.Pseudonyms;
import org.sekisho.engine.pseudonym.SecretKeys;
import org.sekisho.engine.vault.Durable;
import org.sekisho.engine.vault.Vault;

/**
 * Builds provisions once and keeps them, {@code data/<id>/{provision.json, data.duckdb}} in the {@linkplain ProjectFolders
 * folder of the project}; beside them
 * the {@link org.sekisho.engine.pseudonym.Numbering numbers} of a project's persons and facilities, written before the
 * provision appears. Safe for concurrent callers; builds belong to one process per home directory, the gateway.
 */
public final class Provisions {
    /** Raised whenever the same inputs give another database, or numbers beside it. */
    private static final int LAYOUT = 2;

    private static final String DESCRIPTION = "provision.json";
    private static final String DRAFT = ".new-";

    private final ProjectFolders folders;
    private final Vault vault;
    private final SecretKeys keys;
    private final ConcurrentHashMap<String, Object> builds = new ConcurrentHashMap<>();

    /** Removes what a crashed process left half built. */
    public Provisions(ProjectFolders folders, Vault vault) {
        this.folders = folders;
        this.vault = vault;
        this.keys = new SecretKeys(vault.home());
        removeDrafts();
    }

    /**
     * The provision of this grant over the newest snapshots; built at the first call, the same afterwards. Callers that
     * come while it is being built wait for that one build.
     *
     * @throws EngineException {@code unknown-dataset}, {@code unknown-table}, {@code unknown-column} where the grant
     *     names what the catalogue lacks, {@code no-prefecture} where rows cannot be told apart by prefecture
     */
    public Provision of(Grant grant) {
        var own = keys.project(grant.project());
        var taken = namesTakenTwice(grant);
        var granted = grant.data().stream()
                .map(d -> GrantedDataset.of(d, vault, taken))
                .toList();
        var persons = new ProvidedPersons(
                PersonIndex.aliases(vault.personIndex()), vault.optOuts().persons());
        var optOutList = vault.optOuts().hash();
        var id = id(grant, granted, optOutList, persons);
        var finished = data(grant.project()).resolve(id);
        synchronized (builds.computeIfAbsent(grant.project() + "/" + id, k -> new Object())) {
            if (!Files.exists(finished.resolve(DESCRIPTION))) {
                build(grant, granted, persons, own, optOutList, id, finished);
            }
            return read(finished);
        }
    }

    /** The provision of this name, if it was built and is still there. */
    public Optional<Provision> find(String project, String id) {
        var finished = data(project).resolve(id);
        return Files.exists(finished.resolve(DESCRIPTION)) ? Optional.of(read(finished)) : Optional.empty();
    }

    /** Numbers everybody in a provision that was made by hand, to measure or to test; the others are numbered already. */
    public static void number(Provision provision) {
        try (var database = DatabaseBuilder.readOnly(provision.database())) {
            ProvisionBuild.extend(provision.personNumbers(), all(provision, PERSON, database), Map.of());
            ProvisionBuild.extend(provision.facilityNumbers(), all(provision, FACILITY, database), Map.of());
        }
    }

    private static long[] all(Provision provision, ColumnKind kind, DatabaseBuilder database) {
        var columns = provision.tables().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> column.kind() == kind)
                        .map(column -> "SELECT " + name(column.name()) + " AS own FROM " + name(table.name())))
                .collect(Collectors.joining(" UNION "));
        return columns.isEmpty()
                ? new long[0]
                : database.numbers("SELECT own FROM (" + columns + ") WHERE own IS NOT NULL");
    }

    /** Numbers of persons who turned out to be others, with those that stand for them now. */
    public Map<Integer, Integer> mergedPersons(String project) {
        return Numbering.read(data(project).resolve(Provision.PERSON_NUMBERS)).merged();
    }

    private void build(
            Grant grant,
            List<GrantedDataset> granted,
            ProvidedPersons persons,
            Pseudonyms own,
            String optOutList,
            String id,
            Path finished) {
        try {
            var project = Files.createDirectories(
                    finished.resolveSibling(""),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var draft = Files.createTempDirectory(project, DRAFT);
            try {
                var building = new ProvisionBuild(granted, persons, own);
                var tables = building.into(draft.resolve(Stored.DATABASE));
                synchronized (builds.computeIfAbsent(grant.project(), k -> new Object())) {
                    building.number(project);
                }
                var stored = new Stored(
                        id,
                        grant.project(),
                        grant.permitVersion(),
                        tables,
                        granted.stream().map(g -> g.snapshot().name()).toList(),
                        optOutList,
                        Instant.now());
                Json.MAPPER.writeValue(draft.resolve(DESCRIPTION).toFile(), stored);
                Durable.publish(draft, finished);
            } finally {
                Durable.delete(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Provision read(Path finished) {
        try {
            return Json.MAPPER
                    .readValue(finished.resolve(DESCRIPTION).toFile(), Stored.class)
                    .in(finished);
        } catch (IOException e) {
            throw new EngineException("provision", "a provision's description cannot be read", e);
        }
    }

    /** SHA-256 over everything that decides what the database holds, in a canonical order; 32 hex digits of it. */
    private static String id(Grant grant, List<GrantedDataset> granted, String optOutList, ProvidedPersons persons) {
        var content = new StringBuilder("layout " + LAYOUT + "\npermit " + grant.permitVersion() + "\n");
        for (var dataset : granted) {
            var data = dataset.grant();
            content.append(dataset.snapshot().name()).append('\n');
            content.append(new TreeMap<>(data.tables())).append('\n');
            content.append(data.from()).append(data.to()).append(new TreeSet<>(data.prefectures()));
            content.append('\n');
        }
        content.append(optOutList).append('\n').append(new TreeMap<>(persons.aliases()));
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Set<String> namesTakenTwice(Grant grant) {
        var seen = new HashSet<String>();
        var twice = new HashSet<String>();
        for (var data : grant.data()) {
            vault.dataset(data.dataset()).stream()
                    .flatMap(d -> d.tables().stream())
                    .filter(t -> data.tables().isEmpty() || data.tables().containsKey(t.name()))
                    .filter(t -> !seen.add(t.name()))
                    .forEach(t -> twice.add(t.name()));
        }
        return twice;
    }

    private Path data(String project) {
        return folders.of(project).resolve("data");
    }

    private void removeDrafts() {
        try {
            for (var project : folders.projects()) {
                removeDrafts(data(project));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeDrafts(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return;
        }
        try (var there = Files.list(data)) {
            for (var path : there.toList()) {
                if (String.valueOf(path.getFileName()).startsWith(DRAFT)) {
                    Durable.delete(path);
                }
            }
        }
    }

    /** Whose rows come along, and under which of several vault pseudonyms. */
    record ProvidedPersons(Map<Long, Long> aliases, Set<Long> optedOut) {
        long root(long person) {
            return aliases.getOrDefault(person, person);
        }

        Set<Long> absent() {
            var roots = new HashSet<Long>();
            optedOut.forEach(p -> roots.add(root(p)));
            return roots;
        }
    }

    /** What {@code provision.json} holds: a provision without its place on this disk. */
    private record Stored(
            String id,
            String project,
            int permitVersion,
            List<Table> tables,
            List<String> snapshots,
            String optOutList,
            Instant built) {
        static final String DATABASE = "data.duckdb";

        Provision in(Path directory) {
            return new Provision(
                    id, project, permitVersion, directory.resolve(DATABASE), tables, snapshots, optOutList, built);
        }
    }
}
