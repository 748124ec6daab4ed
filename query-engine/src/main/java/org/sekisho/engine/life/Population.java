package org.sekisho.engine.life;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.duckdb.ParquetFile;
import org.sekisho.engine.duckdb.RowBatch;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;
import org.sekisho.engine.pseudonym.SecretKeys;
import org.sekisho.engine.vault.Loading;
import org.sekisho.engine.vault.Snapshot;
import org.sekisho.engine.vault.Vault;

/**
 * Generates a population in groups of persons, each group written to Parquet as soon as it has lived: memory does not
 * grow with the population, and a person's life depends on the seed and the person's number alone.
 */
public final class Population {
    /** Persons who live at a time on one thread. */
    private static final int GROUP = 10_000;

    private final Vault vault;
    private final long seed;
    private final Places places = new Places();

    public Population(Vault vault, long seed) {
        this.vault = vault;
        this.seed = seed;
    }

    /** Makes a new snapshot of {@code dataset} with that many persons, which replaces the older ones as the latest. */
    public Snapshot generate(String dataset, int persons) {
        if (persons < 1) {
            throw new EngineException("persons", "a population has at least one person");
        }
        try (var loading = vault.load(dataset);
                var allocator = new RootAllocator();
                var database = DatabaseBuilder.inMemory()) {
            var ids = ids(persons);
            var rows = new LinkedHashMap<String, Long>();
            LifeTables.ALL.forEach(t -> rows.put(t.name(), 0L));
            groups(loading, allocator, database, ids).forEach((table, n) -> rows.merge(table, n, Long::sum));
            rows.put("municipality", municipalities(loading, allocator, database));
            return loading.publish(LifeTables.dataset(dataset), List.of(), rows, persons);
        }
    }

    private long[] ids(int persons) {
        var pseudonyms = new SecretKeys(vault.home()).vault();
        var ids = new long[persons];
        var seen = new HashSet<Long>(persons * 2);
        for (var i = 0; i < persons; i++) {
            ids[i] = pseudonyms.of(Domain.PERSON, "life", String.valueOf(seed), String.valueOf(i));
            if (!seen.add(ids[i])) {
                throw new EngineException(
                        "pseudonym-collision", "two persons have the same pseudonym: take another key");
            }
        }
        return ids;
    }

    private Map<String, Long> groups(Loading loading, BufferAllocator allocator, DatabaseBuilder database, long[] ids) {
        var facilities = new Facilities(new SecretKeys(vault.home()).vault());
        var threads = Math.min(Runtime.getRuntime().availableProcessors(), (ids.length + GROUP - 1) / GROUP);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var workers = new ArrayList<Future<Map<String, Long>>>();
            for (var t = 0; t < threads; t++) {
                var thread = t;
                workers.add(
                        executor.submit(() -> live(loading, allocator, database, ids, facilities, thread, threads)));
            }
            var rows = new LinkedHashMap<String, Long>();
            for (var worker : workers) {
                worker.get().forEach((table, n) -> rows.merge(table, n, Long::sum));
            }
            return rows;
        } catch (ExecutionException e) {
            throw new EngineException("life", "the population could not be generated", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted", "interrupted while generating the population", e);
        }
    }

    /** Every {@code threads}-th group, from {@code thread} on. */
    private Map<String, Long> live(
            Loading loading,
            BufferAllocator allocator,
            DatabaseBuilder database,
            long[] ids,
            Facilities facilities,
            int thread,
            int threads) {
        var written = new LinkedHashMap<String, Long>();
        try (var own = database.beside();
                var rows = new LifeRows(allocator)) {
            for (var first = thread * GROUP; first < ids.length; first += threads * GROUP) {
                rows.clear();
                for (var i = first; i < Math.min(first + GROUP, ids.length); i++) {
                    var random = new SplittableRandom(mix(i));
                    new LifeCourse(new Person(ids[i], i, places, random), rows, facilities, random).live();
                }
                for (var batch : rows.all()) {
                    write(own, batch, loading, first / GROUP, allocator);
                    written.merge(batch.table().name(), (long) batch.rows(), Long::sum);
                }
            }
        }
        return written;
    }

    private long mix(int person) {
        return new SplittableRandom(seed).nextLong() ^ (person * 0x9E3779B97F4A7C15L);
    }

    private long municipalities(Loading loading, BufferAllocator allocator, DatabaseBuilder database) {
        try (var rows = new RowBatch(LifeTables.MUNICIPALITY, allocator)) {
            for (var place : places.all()) {
                rows.text(place.code())
                        .text(place.prefecture().jis())
                        .text(place.prefecture().ja())
                        .text(place.prefecture().en())
                        .text(place.ja())
                        .text(place.en())
                        .integer(place.inhabitants())
                        .end();
            }
            write(database, rows, loading, 0, allocator);
            return rows.rows();
        }
    }

    private static void write(
            DatabaseBuilder database, RowBatch rows, Loading loading, int group, BufferAllocator allocator) {
        if (rows.rows() > 0) {
            ParquetFile.write(database, rows, loading.part(rows.table().name(), group), allocator);
        }
    }
}
