package org.sekisho.engine.life;

import java.util.SplittableRandom;
import org.sekisho.engine.duckdb.RowBatch;

/** The yearly check-up of persons from 40 to 74, about half of whom go. */
final class Checkups {
    private final Person person;
    private final RowBatch rows;
    private final Facilities facilities;
    private final SplittableRandom random;
    private final boolean goes;
    private final int month;
    private final double bmi;
    private final boolean smoker;
    private final boolean diabetes;
    private final boolean hypertension;

    Checkups(Person person, RowBatch rows, Facilities facilities, SplittableRandom random) {
        this.person = person;
        this.rows = rows;
        this.facilities = facilities;
        this.random = random;
        this.goes = random.nextInt(100) < 58;
        this.month = random.nextInt(2, 11);
        this.bmi = (person.woman ? 22.2 : 23.8) + random.nextGaussian() * 3.2 - person.health * 0.6;
        this.smoker = random.nextInt(100) < (person.woman ? 8 : 27);
        this.diabetes = person.has("E119");
        this.hypertension = person.has("I10");
    }

    void month(int now) {
        var day = Months.firstDay(now) + random.nextInt(28);
        var age = person.age(day);
        if (goes && now % 12 == month && age >= 40 && age < 75 && random.nextInt(100) < 88) {
            examine(day, age);
        }
    }

    private void examine(long day, double age) {
        var weight = Math.max(15, bmi + random.nextGaussian() * 0.5);
        rows.integer(person.id)
                .integer(facilities.clinic(person.home.prefecture(), person.clinic + 1))
                .date(day)
                .number(tenth(weight))
                .number(tenth(weight * 3.4 + 4 + random.nextGaussian() * 3))
                .integer(whole(100 + age * 0.35 + (hypertension ? 11 : 0) + (weight - 23), 12, 80))
                .integer(whole(62 + age * 0.15 + (hypertension ? 7 : 0), 8, 45))
                .number(tenth(Math.max(
                        4.2, 5.35 + (age - 50) * 0.006 + (diabetes ? 1.35 : 0) + (weight - 23) * 0.02 + noise(0.33))))
                .integer(whole(124 - person.health * 6, 27, 35))
                .integer(whole(105 + (weight - 23) * 7, 48, 25))
                .integer(whole(21 + (weight - 23) * 1.2, 9, 5))
                .number(tenth(Math.max(4, 112 - age * 0.65 + noise(11))))
                .truth(smoker)
                .end();
    }

    private double noise(double deviation) {
        return random.nextGaussian() * deviation;
    }

    private int whole(double mean, double deviation, int least) {
        return Math.max(least, (int) Math.round(mean + noise(deviation)));
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
