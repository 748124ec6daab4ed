package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser that keeps everything it was sent. */
final class FakeViewer implements ViewerLine {
    private final StringBuilder shown = new StringBuilder();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Ending ending;
    volatile boolean stalled;

    @Override
    public void send(String text) throws IOException {
        while (stalled && ending == null) {
            pauseBriefly();
        }
        if (ending != null) {
            throw new IOException("gone");
        }
        synchronized (shown) {
            shown.append(text);
        }
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close(Ending why) {
        if (ending == null) {
            ending = why;
        }
        over.countDown();
    }

    String shown() {
        synchronized (shown) {
            return shown.toString();
        }
    }

    /** Waits until something like this was shown. */
    boolean sees(String text) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            if (shown().contains(text)) {
                return true;
            }
            Thread.sleep(10);
        }
        return false;
    }

    /** Waits for the end, and says why. */
    @Nullable
    Ending ending() throws InterruptedException {
        return over.await(10, TimeUnit.SECONDS) ? ending : null;
    }

    boolean isOpen() {
        return ending == null;
    }

    private static void pauseBriefly() throws IOException {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
