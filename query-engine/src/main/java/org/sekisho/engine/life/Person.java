package org.sekisho.engine.life;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One person as drawn at the start: who, where, since when, and with which lasting illnesses. */
final class Person {
    /** Observation runs over these days, 48 months. */
    static final long FIRST = LocalDate.of(2020, 4, 1).toEpochDay();

    static final long LAST = LocalDate.of(2024, 3, 31).toEpochDay();
    /** Persons aged 0-4, 5-9, ... 90 and over, relative (population estimates of 2020). */
    private static final int[] AGES = {45, 50, 54, 56, 62, 63, 65, 73, 83, 97, 86, 78, 74, 81, 91, 72, 55, 38, 24};

    private static final int AGES_SUM = java.util.Arrays.stream(AGES).sum();

    /** An illness and its first day. */
    record Illness(Condition condition, long onset, int phase, int drug) {}

    final long id;
    final int number;
    final boolean woman;
    final long born;
    final Municipality home;
    final List<Illness> illnesses = new ArrayList<>(6);
    final boolean usesPharmacy;
    final int clinic;
    final int hospital;
    final double health;

    Person(long id, int number, Places places, SplittableRandom random) {
        this.id = id;
        this.number = number;
        this.woman = random.nextInt(1000) < 515;
        this.born = birth(random);
        this.home = places.draw(random);
        this.usesPharmacy = random.nextInt(100) < 74;
        this.clinic = home.inhabitants() % 7 + random.nextInt(6) * random.nextInt(6);
        this.hospital = random.nextInt(3) * random.nextInt(4);
        this.health = random.nextGaussian();
        draw(Condition.LASTING, random);
        draw(Condition.RARE, random);
    }

    double age(long day) {
        return (day - born) / 365.2425;
    }

    boolean has(String icd10) {
        var code = icd10.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return illnesses.stream()
                .anyMatch(i -> java.util.Arrays.equals(i.condition().icd10(), code));
    }

    private void draw(List<Condition> conditions, SplittableRandom random) {
        var age = age(LAST);
        for (var condition : conditions) {
            var chance = condition.prevalence(age, woman) * (condition.rare() ? 1 : Math.exp(-0.3 * health));
            if (random.nextDouble() < chance) {
                var before = random.nextInt(100) < 80;
                var onset = before
                        ? Math.max(born, FIRST - random.nextInt(3650))
                        : Math.max(born, FIRST + random.nextInt((int) (LAST - FIRST)));
                illnesses.add(new Illness(
                        condition, onset, random.nextInt(condition.interval()), random.nextInt(10) < 7 ? 0 : 1));
            }
        }
    }

    private static long birth(SplittableRandom random) {
        if (random.nextInt(100) < 3) {
            return FIRST + random.nextInt((int) (LAST - FIRST));
        }
        var ticket = random.nextInt(AGES_SUM);
        var band = 0;
        while ((ticket -= AGES[band]) >= 0) {
            band++;
        }
        return FIRST - (long) ((band * 5 + random.nextDouble() * (band == AGES.length - 1 ? 9 : 5)) * 365.2425) - 1;
    }
}
