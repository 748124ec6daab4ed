package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.gateway.audit.disk.Disk;

/** A disk that remembers what was asked of its files and which of them are open, and may be slow, hang or fail. */
final class RecordingDisk implements Disk {
    /** Names of files, each as often as it is open. */
    final List<String> open = new CopyOnWriteArrayList<>();
    /** In order, as {@code force checkpoints}. */
    final List<String> done = new CopyOnWriteArrayList<>();

    private volatile Force beforeForce = name -> {};

    /** What the sync of a file of this name does first. */
    interface Force {
        void of(String name) throws IOException;
    }

    void beforeForce(Force what) {
        beforeForce = what;
    }

    void failsToForce(String file) {
        beforeForce(name -> {
            if (name.equals(file)) {
                throw new IOException("Input/output error");
            }
        });
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
            public void goBack(long to) throws IOException {
                real.goBack(to);
            }

            @Override
            public void force() throws IOException {
                done.add("force " + name);
                beforeForce.of(name);
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
