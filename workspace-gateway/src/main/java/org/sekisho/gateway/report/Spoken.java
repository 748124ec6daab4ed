package org.sekisho.gateway.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.sekisho.engine.catalog.Text;

/** How words, days, times and numbers are written. */
enum Spoken {
    JAPANESE("ja", Locale.JAPANESE, "uuuu年M月d日（E）", "uuuu年M月d日 H:mm", "M月d日 H:mm"),
    ENGLISH("en", Locale.UK, "EEE d MMM uuuu", "d MMM uuuu, HH:mm", "d MMM, HH:mm");

    private final String code;
    private final Locale locale;
    private final DateTimeFormatter day;
    private final DateTimeFormatter moment;
    private final DateTimeFormatter soon;

    Spoken(String code, Locale locale, String day, String moment, String soon) {
        this.code = code;
        this.locale = locale;
        this.day = DateTimeFormatter.ofPattern(day, locale);
        this.moment = DateTimeFormatter.ofPattern(moment, locale);
        this.soon = DateTimeFormatter.ofPattern(soon, locale);
    }

    String code() {
        return code;
    }

    String say(String ja, String en) {
        return this == JAPANESE ? ja : en;
    }

    String say(Text text) {
        return say(text.ja(), text.en());
    }

    String number(long number) {
        return String.format(locale, "%,d", number);
    }

    String hours(long seconds) {
        return String.format(locale, "%,.1f", seconds / 3600.0);
    }

    String day(LocalDate date) {
        return day.format(date);
    }

    String moment(Instant at, ZoneId zone) {
        return moment.format(at.atZone(zone));
    }

    /** Within the week that the page is about, where the year goes without saying. */
    String soon(Instant at, ZoneId zone) {
        return soon.format(at.atZone(zone));
    }

    /** The two largest units. */
    String time(Duration time) {
        long minutes = time.toMinutes();
        if (minutes >= 24 * 60) {
            return joined(minutes / (24 * 60), say("日", " d"), minutes / 60 % 24, say("時間", " h"));
        }
        if (minutes >= 60) {
            return joined(minutes / 60, say("時間", " h"), minutes % 60, say("分", " min"));
        }
        return joined(minutes, say("分", " min"), time.toSeconds() % 60, say("秒", " s"));
    }

    private String joined(long more, String unit, long less, String smaller) {
        var head = more == 0 ? "" : number(more) + unit;
        var tail = less == 0 && more > 0 ? "" : less + smaller;
        return head.isEmpty() || tail.isEmpty() ? head + tail : head + say("", " ") + tail;
    }
}
