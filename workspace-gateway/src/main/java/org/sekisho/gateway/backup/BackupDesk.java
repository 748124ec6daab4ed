package org.sekisho.gateway.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Clock;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where {@code sekisho backup} asks a running gateway: {@code HOME/run/backup.sock}, in a home that only its owner can
 * enter. A line of JSON in, a line out; one backup at a time.
 */
public final class BackupDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);
    private static final int LONGEST = 16 << 10;

    private final Path socket;
    private final @Nullable ServerSocketChannel server;
    private final Backup backup;
    private final ReentrantLock busy = new ReentrantLock();
    private final Lock whole;

    private BackupDesk(Path socket, @Nullable ServerSocketChannel server, Backup backup, Lock whole) {
        this.socket = socket;
        this.server = server;
        this.backup = backup;
        this.whole = whole;
    }

    /**
     * Where no socket can be had, which is said in our own log, backups are made of a stopped gateway only.
     *
     * @param whole held while a backup is made: nobody may overwrite files of the home meanwhile
     */
    public static BackupDesk open(Path home, Store store, AuditLog log, Lock whole, Clock clock) {
        var socket = socketOf(home);
        return on(socket, listening(home, socket), new Backup(home, store, log, clock), whole);
    }

    static BackupDesk on(Path socket, @Nullable ServerSocketChannel server, Backup backup, Lock whole) {
        var desk = new BackupDesk(socket, server, backup, whole);
        Thread.ofVirtual().name("backup-desk").start(desk::serve);
        return desk;
    }

    private static @Nullable ServerSocketChannel listening(Path home, Path socket) {
        try {
            Stage.sweep(home);
            Files.createDirectories(socket.resolveSibling(""));
            Files.deleteIfExists(socket);
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            return server;
        } catch (IOException | RuntimeException no) {
            LOG.warn("no backups while this gateway runs: {}", no.getMessage());
            return null;
        }
    }

    record Wish(String to) {}

    /** One of both. */
    record Answer(Backup.@Nullable Made made, @Nullable String refused) {}

    /**
     * Has the gateway of a home make a backup.
     *
     * @return null when no gateway listens there
     */
    static @Nullable Answer ask(Path home, Path to) throws IOException {
        try (var line = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                line.connect(UnixDomainSocketAddress.of(socketOf(home)));
            } catch (IOException | IllegalArgumentException nobody) {
                return null;
            }
            send(line, new Wish(to.toString()));
            line.shutdownOutput();
            var answer = Channels.newInputStream(line).readAllBytes();
            if (answer.length == 0) {
                return new Answer(null, "the gateway ended before the backup was finished");
            }
            return Json.MAPPER.readValue(answer, Answer.class);
        }
    }

    private static Path socketOf(Path home) {
        return home.toAbsolutePath().normalize().resolve("run/backup.sock");
    }

    private void serve() {
        while (server != null && server.isOpen()) {
            try {
                var line = server.accept();
                Thread.ofPlatform().name("backup").daemon().start(() -> answer(line));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException odd) {
                LOG.warn("nobody can ask for a backup at the moment: {}", odd.getMessage());
                pause();
            }
        }
    }

    /** Such as while the process has no more files to open. */
    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the desk", e);
        }
    }

    private void answer(SocketChannel line) {
        try (line) {
            var asked = Channels.newInputStream(line).readNBytes(LONGEST);
            var wish = Json.MAPPER.readValue(asked, Wish.class);
            send(line, made(wish.to(), by(line)));
        } catch (JsonProcessingException odd) {
            LOG.warn("somebody asked for a backup in words that are not understood");
        } catch (IOException gone) {
            LOG.warn("whoever asked for a backup is gone");
        } catch (RuntimeException odd) {
            LOG.error("somebody who asked for a backup got no answer", odd);
        }
    }

    private Answer made(String to, String by) {
        if (!busy.tryLock()) {
            return new Answer(null, "another backup is under way");
        }
        whole.lock();
        try {
            return new Answer(backup.into(Path.of(to), by), null);
        } catch (RuntimeException failed) {
            LOG.error("a backup failed", failed);
            return new Answer(null, String.valueOf(failed.getMessage()));
        } finally {
            whole.unlock();
            busy.unlock();
        }
    }

    private static String by(SocketChannel line) throws IOException {
        Principal user = line.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return user.getName();
    }

    private static void send(SocketChannel line, Object words) throws IOException {
        var bytes = ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(words));
        while (bytes.hasRemaining()) {
            line.write(bytes);
        }
    }

    /** Waits for a backup that is under way. */
    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
            Files.deleteIfExists(socket);
        }
        busy.lock();
    }
}
