package org.sekisho.engine.ingest.source;

/**
 * Why a file was not taken.
 *
 * @param file as the caller named it
 * @param line from 1; 0 where the file as a whole is at fault
 * @param field as the format calls it, empty where the whole line is at fault
 * @param reason what is wrong, without the value
 */
public record Refusal(String file, long line, String field, String reason) {
    public static Refusal file(String file, String reason) {
        return new Refusal(file, 0, "", reason);
    }
}
