package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.disk.Disk;

/** A disk that fails once at the Nth sync or write, or is full from then on, and then works again as if nothing was. */
final class FailingDisk implements Disk {
    final AtomicInteger syncsLeft = new AtomicInteger(Integer.MAX_VALUE);
    final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
    /** Of the file whose sync had failed. */
    final AtomicInteger syncsAfterFailure = new AtomicInteger();

    /** What is on the disk of the write that fails; otherwise nothing. */
    volatile boolean writesHalf = true;

    private volatile @Nullable Path failed;

    @Override
    public AppendFile open(Path file) throws IOException {
        var real = REAL.open(file);
        return new AppendFile() {
            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void append(ByteBuffer bytes) throws IOException {
                if (writesLeft.decrementAndGet() == 0) {
                    real.append(bytes.slice(0, writesHalf ? bytes.remaining() / 2 : 0));
                    throw new IOException("No space left on device");
                }
                real.append(bytes);
            }

            @Override
            public void truncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public void goBack(long to) throws IOException {
                real.goBack(to);
            }

            @Override
            public void force() throws IOException {
                int left = syncsLeft.decrementAndGet();
                if (left == 0) {
                    failed = file;
                    throw new IOException("Input/output error");
                }
                if (file.equals(failed)) {
                    syncsAfterFailure.incrementAndGet();
                }
                real.force();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
