package org.sekisho.engine.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/** A fixed number of places, given in order of arrival; who waits hears its position. */
final class Lanes {

    /** Equal to itself alone. */
    private static final class Ticket {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Queue<Ticket> waiting = new ArrayDeque<>();
    private final int width;
    private int taken;

    Lanes(int width) {
        this.width = width;
    }

    /** False when cancelled while waiting; else {@link #leave} must follow. */
    boolean enter(Cancellation cancellation, IntConsumer position) {
        var ticket = new Ticket();
        var forget = cancellation.onCancel(this::wake);
        try {
            lock.lock();
            try {
                waiting.add(ticket);
                var told = 0;
                while (!cancellation.isCancelled() && (taken >= width || !ticket.equals(waiting.peek()))) {
                    var now = new ArrayList<>(waiting).indexOf(ticket) + 1;
                    if (now != told) {
                        told = now;
                        position.accept(now);
                    }
                    moved.awaitUninterruptibly();
                }
                waiting.remove(ticket);
                if (cancellation.isCancelled()) {
                    moved.signalAll();
                    return false;
                }
                taken++;
                return true;
            } finally {
                lock.unlock();
            }
        } finally {
            forget.run();
        }
    }

    void leave() {
        lock.lock();
        try {
            taken--;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean idle() {
        lock.lock();
        try {
            return taken == 0 && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Unused places and who waits for them; for tests. */
    List<Integer> occupation() {
        lock.lock();
        try {
            return List.of(taken, waiting.size());
        } finally {
            lock.unlock();
        }
    }
}
