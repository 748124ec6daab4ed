package org.sekisho.gateway.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.store.Store;

/** A desk at a real socket, asked by people who do not know how, and on a machine that has no more files for a while. */
@Timeout(30)
class BackupDeskTest {
    @TempDir
    Path folder;

    private Path home;
    private Store store;
    private FileAuditLog log;
    private final ReentrantLock whole = new ReentrantLock();

    @BeforeEach
    void open() {
        home = folder.resolve("home");
        store = Store.open(home);
        log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
        log.close();
    }

    private Backup.Made made(String to) throws IOException {
        var answer = Objects.requireNonNull(BackupDesk.ask(home, folder.resolve(to)));
        return Objects.requireNonNull(answer.made());
    }

    @Test
    void anOddWishGetsAnAnswerAndTheNextOneABackup() throws IOException {
        try (var desk = BackupDesk.open(home, store, log, whole, Clock.systemUTC())) {
            assertThat(desk).isNotNull();
            assertThat(raw("{\"to\":\"a\\u0000b\"}")).contains("\"refused\":");
            assertThat(raw("{}")).contains("\"refused\":");
            assertThat(raw("null")).isEmpty();
            assertThat(raw("what?")).isEmpty();
            assertThat(made("to").files()).isPositive();
        }
    }

    private String raw(String words) throws IOException {
        try (var line = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            line.connect(UnixDomainSocketAddress.of(home.resolve("run/backup.sock")));
            line.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
            line.shutdownOutput();
            return new String(Channels.newInputStream(line).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aDeskThatCouldNotAnswerForAMomentAnswersAfterwards() throws IOException {
        var socket = home.resolve("run/backup.sock");
        Files.createDirectories(socket.getParent());
        var real = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        var backup = new Backup(home, store, log, Clock.systemUTC());
        try (var desk = BackupDesk.on(socket, new Exhausted(real), backup, whole)) {
            assertThat(desk).isNotNull();
            assertThat(made("to").files()).isPositive();
        }
    }

    @Test
    void noBackupIsMadeWhileSomebodyDestroysFiles() throws Exception {
        try (var desk = BackupDesk.open(home, store, log, whole, Clock.systemUTC())) {
            assertThat(desk).isNotNull();
            var answer = new CompletableFuture<BackupDesk.Answer>();
            whole.lock();
            try {
                Thread.ofVirtual().start(() -> {
                    try {
                        answer.complete(BackupDesk.ask(home, folder.resolve("to")));
                    } catch (IOException e) {
                        answer.completeExceptionally(e);
                    }
                });
                while (!whole.hasQueuedThreads()) {
                    Thread.onSpinWait();
                }
                assertThat(folder.resolve("to")).doesNotExist();
            } finally {
                whole.unlock();
            }
            assertThat(answer.get(20, TimeUnit.SECONDS).made()).isNotNull();
        }
    }

    /** Has no more file descriptors the first time. */
    private static final class Exhausted extends ServerSocketChannel {
        private final ServerSocketChannel real;
        private final AtomicInteger asked = new AtomicInteger();

        Exhausted(ServerSocketChannel real) {
            super(real.provider());
            this.real = real;
        }

        @Override
        public SocketChannel accept() throws IOException {
            if (asked.getAndIncrement() == 0) {
                throw new IOException("Too many open files");
            }
            return real.accept();
        }

        @Override
        public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
            return real.bind(local, backlog);
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
            return real.setOption(name, value);
        }

        @Override
        public <T> T getOption(SocketOption<T> name) throws IOException {
            return real.getOption(name);
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return real.supportedOptions();
        }

        @Override
        public ServerSocket socket() {
            return real.socket();
        }

        @Override
        public SocketAddress getLocalAddress() throws IOException {
            return real.getLocalAddress();
        }

        @Override
        protected void implCloseSelectableChannel() throws IOException {
            real.close();
        }

        @Override
        protected void implConfigureBlocking(boolean block) throws IOException {
            real.configureBlocking(block);
        }
    }
}
