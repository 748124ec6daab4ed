package org.sekisho.engine.life;

import org.sekisho.engine.pseudonym.Pseudonyms;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;

/** The clinics, hospitals and pharmacies of every prefecture, under their vault pseudonyms. Immutable once made. */
final class Facilities {
    private final long[][] clinics;
    private final long[][] hospitals;
    private final long[][] pharmacies;

    Facilities(Pseudonyms pseudonyms) {
        this.clinics = make(pseudonyms, "clinic", 14, 350);
        this.hospitals = make(pseudonyms, "hospital", 3, 6_000);
        this.pharmacies = make(pseudonyms, "pharmacy", 10, 500);
    }

    long clinic(Prefecture prefecture, int choice) {
        return pick(clinics, prefecture, choice);
    }

    long hospital(Prefecture prefecture, int choice) {
        return pick(hospitals, prefecture, choice);
    }

    long pharmacy(Prefecture prefecture, int choice) {
        return pick(pharmacies, prefecture, choice);
    }

    private static long pick(long[][] facilities, Prefecture prefecture, int choice) {
        var here = facilities[prefecture.code() - 1];
        return here[Math.floorMod(choice, here.length)];
    }

    private static long[][] make(Pseudonyms pseudonyms, String kind, int least, int perMillion) {
        return Prefecture.ALL.stream()
                .map(p -> java.util.stream.IntStream.range(0, least + p.perMillion() / perMillion)
                        .mapToLong(i -> pseudonyms.of(Domain.FACILITY, "life", kind, p.jis(), String.valueOf(i)))
                        .toArray())
                .toArray(long[][]::new);
    }
}
