package org.sekisho.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * Transactions over {@code HOME/sekisho.db}. A write is all or nothing and durable when it returns;
 * writes queue behind one another, reads see the last finished write. A callback must not keep its
 * handle, nor open another transaction of this store inside itself.
 */
public final class Store implements AutoCloseable {
    private static final String FILE = "sekisho.db";
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;

    private final Path file;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Handle writer;
    private final List<Handle> allReaders = new ArrayList<>();
    private final BlockingQueue<Handle> readers = new ArrayBlockingQueue<>(READERS);
    private boolean closed;

    private Store(Path file) {
        this.file = file;
        writer = jdbi(source(file, false)).open();
        var source = jdbi(source(file, true));
        for (int i = 0; i < READERS; i++) {
            allReaders.add(source.open());
        }
        readers.addAll(allReaders);
    }

    /** Opens the store of a home folder, made and migrated to the newest schema when it has to be. */
    public static Store open(Path home) {
        var file = home.resolve(FILE);
        makePrivate(home, file);
        Flyway.configure()
                .dataSource(source(file, false))
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return new Store(file);
    }

    /** Runs a read on one consistent snapshot; waits while all readers are busy. */
    public <T> T read(Function<Handle, T> work) {
        var handle = take();
        try {
            return handle.inTransaction(work::apply);
        } finally {
            readers.add(handle);
        }
    }

    /** Runs one transaction; when this returns its effects survive a kill and a loss of power. */
    public <T> T write(Function<Handle, T> work) {
        writing.lock();
        try {
            return writer.inTransaction(work::apply);
        } finally {
            writing.unlock();
        }
    }

    /** As {@link #write}, for work without an answer. */
    public void run(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /**
     * Writes the file anew, without what was deleted or replaced, and empties the log of writes beside it.
     *
     * @return false when somebody reads what was there before, so that it still is
     */
    public boolean compact() {
        writing.lock();
        try {
            writer.execute("vacuum");
            return writer.createQuery("pragma wal_checkpoint(truncate)")
                    .map((row, context) -> row.getInt(1) == 0)
                    .one();
        } finally {
            writing.unlock();
        }
    }

    /**
     * The last finished write, as long as it is open and whatever is written meanwhile. Inside {@link #write} it shows what
     * was there before, and nothing else is written until the callback has returned.
     */
    public Picture picture() {
        return Picture.of(source(file, true));
    }

    /** Whether a write transaction can be made now. */
    public boolean works() {
        try {
            return write(handle ->
                    handle.createQuery("select 1").mapTo(Integer.class).one() == 1);
        } catch (RuntimeException broken) {
            return false;
        }
    }

    /** Waits for what is under way. Calling it again does nothing. */
    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            for (int i = 0; i < READERS; i++) {
                take();
            }
            allReaders.forEach(Handle::close);
            writer.close();
        } finally {
            writing.unlock();
        }
    }

    private Handle take() {
        try {
            return readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the store", e);
        }
    }

    // What a failed statement was given stays out of its message: it may be somebody's SQL or words.
    private static Jdbi jdbi(SQLiteDataSource source) {
        var jdbi = Jdbi.create(source);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }

    private static SQLiteDataSource source(Path file, boolean readOnly) {
        var config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SynchronousMode.FULL);
        // What SQLite sets aside, all of the store when it is compacted, would lie in the machine's /var/tmp.
        config.setTempStore(TempStore.MEMORY);
        if (readOnly) {
            config.setReadOnly(true);
        } else {
            config.setJournalMode(JournalMode.WAL);
            config.setTransactionMode(TransactionMode.IMMEDIATE);
        }
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void makePrivate(Path home, Path file) {
        try {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            if (Files.notExists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the home folder cannot be made", e);
        }
    }
}
