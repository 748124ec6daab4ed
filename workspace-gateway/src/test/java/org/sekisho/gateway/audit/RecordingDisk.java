package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.gateway.audit.disk.Disk;

/** A disk that remembers what was done to its files and which of them are open, and may be slow. */
final class RecordingDisk implements Disk {
    /** Names of files, each as often as it is open. */
    final List<String> open = new CopyOnWriteArrayList<>();
    /** In order, as {@code force checkpoints}. */
    final List<String> done = new CopyOnWriteArrayList<>();

    private volatile Runnable beforeForce = () -> {};

    void beforeForce(Runnable what) {
        beforeForce = what;
    }

    @Override
    public AppendFile open(Path path) throws IOException {
        var real = REAL.open(path);
        var name = path.getFileName().toString();
        open.add(name);
        return new AppendFile() {
            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void append(ByteBuffer bytes) throws IOException {
                done.add("append " + name);
                real.append(bytes);
            }

            @Override
            public void truncate(long size) throws IOException {
                done.add("truncate " + name + " to " + size);
                real.truncate(size);
            }

            @Override
            public void force() throws IOException {
                beforeForce.run();
                done.add("force " + name);
                real.force();
            }

            @Override
            public void close() throws IOException {
                open.remove(name);
                real.close();
            }
        };
    }
}
