package org.sekisho.gateway.report;

import org.sekisho.gateway.audit.Verification;

/**
 * The log at the end of the week, and how far it is known to hold.
 *
 * @param size entries that it had then, or has now while the week goes on
 * @param root tree head of those
 * @param signed entries that the newest signed checkpoint covers
 * @param signedRoot tree head of that
 * @param dropped whether entries that may be of this week were dropped after their time
 */
record Head(long size, String root, long signed, String signedRoot, Verification verified, boolean dropped) {
    boolean coversWeek() {
        return verified.upTo() >= size;
    }
}
