package org.sekisho.engine.worker;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.provision.Provision;

/** The place of one provision's worker: started when somebody asks, again after a crash, stopped when idle. */
final class Post {

    /** How many statements one worker runs at a time. */
    static final int LANES = 2;

    private final Provision provision;
    private final EngineSettings settings;
    private final Isolation isolation;
    private final Library library;
    private final Lanes lanes = new Lanes(LANES);
    private @Nullable Worker worker;
    private long lastUsed = System.nanoTime();
    private boolean closed;

    Post(Provision provision, EngineSettings settings, Isolation isolation, Library library) {
        this.provision = provision;
        this.settings = settings;
        this.isolation = isolation;
        this.library = library;
    }

    boolean isOf(String project) {
        return provision.project().equals(project);
    }

    Lanes lanes() {
        return lanes;
    }

    /** A worker that lived a moment ago. */
    synchronized Worker worker() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        lastUsed = System.nanoTime();
        var current = worker;
        if (current == null || !current.alive()) {
            stop();
            current = Worker.start(isolation, library, directory(), provision, settings.limits(), LANES);
            worker = current;
        }
        return current;
    }

    synchronized @Nullable Worker present() {
        return worker;
    }

    synchronized void used() {
        lastUsed = System.nanoTime();
    }

    synchronized void stopIfIdle() {
        if (worker != null
                && lanes.idle()
                && System.nanoTime() - lastUsed > settings.idle().toNanos()) {
            stop();
        }
    }

    synchronized void close() {
        closed = true;
        stop();
    }

    private void stop() {
        var current = worker;
        worker = null;
        if (current != null) {
            current.close();
        }
    }

    private Path directory() {
        var name = "w" + Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 16);
        return settings.home().resolve("run").resolve(name);
    }
}
