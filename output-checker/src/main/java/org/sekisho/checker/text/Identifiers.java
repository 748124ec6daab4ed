package org.sekisho.checker.text;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sekisho.checker.text.Suspicion.Kind;

/** Numbers and addresses that look like a person's, in one line. */
final class Identifiers {
    private static final Pattern E_MAIL =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){0,8}\\.[A-Za-z]{2,24}");
    private static final Pattern TELEPHONE = Pattern.compile(
            "(?<![\\d-])(0\\d{1,4}-\\d{1,4}-\\d{4}|0[5789]0\\d{8}|\\+81[- ]?\\d{1,4}[- ]?\\d{1,4}[- ]?\\d{4})(?![\\d-])");
    private static final Pattern TWELVE = Pattern.compile("(?<![\\d.])\\d{4}[ -]?\\d{4}[ -]?\\d{4}(?![\\d.])");
    private static final Pattern EIGHT = Pattern.compile("(?<![\\d.])\\d{8}(?![\\d.])");
    private static final Pattern PSEUDONYM = Pattern.compile("(?<![\\d.])[1-9]\\d{17,18}(?![\\d.])");
    private static final Pattern PERSON_KEY = Pattern.compile(
            "(?i)(patient|person|insured|member|subject|beneficiary)[_ -]?(id|no|number|key)\"?\\s*[:=,]\\s*[\"']?[A-Za-z0-9+/=_-]{4,}"
                    + "|(患者|個人|被保険者|受給者)(ID|番号|識別子|等記号)[\"」]?\\s*[:：=＝,、は]?\\s*[\"']?[A-Za-z0-9+/=_-]{4,}");

    private Identifiers() {}

    static Set<Kind> in(String line) {
        var found = EnumSet.noneOf(Kind.class);
        if (line.indexOf('@') >= 0 && E_MAIL.matcher(line).find()) {
            found.add(Kind.E_MAIL);
        }
        if (TELEPHONE.matcher(line).find()) {
            found.add(Kind.TELEPHONE);
        }
        if (any(TWELVE.matcher(line), Identifiers::myNumber)) {
            found.add(Kind.MY_NUMBER);
        }
        if (any(EIGHT.matcher(line), Identifiers::insurer)) {
            found.add(Kind.INSURER);
        }
        if (PSEUDONYM.matcher(line).find()) {
            found.add(Kind.PSEUDONYM);
        }
        if (PERSON_KEY.matcher(line).find()) {
            found.add(Kind.PERSON_KEY);
        }
        return found;
    }

    private interface Check {
        boolean holds(String digits);
    }

    private static boolean any(Matcher matcher, Check check) {
        while (matcher.find()) {
            if (check.holds(matcher.group().replaceAll("\\D", ""))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Check digit of the Individual Number: Ministry of Internal Affairs ordinance no. 85 of 2014, article 5: 11 minus
     * the weighted sum modulo 11, weights 2 to 7 and 2 to 6 from the right, 0 where the remainder is at most 1.
     */
    static boolean myNumber(String digits) {
        int sum = 0;
        for (int n = 1; n <= 11; n++) {
            int digit = digits.charAt(11 - n) - '0';
            sum += digit * (n <= 6 ? n + 1 : n - 5);
        }
        int rest = sum % 11;
        return digits.charAt(11) - '0' == (rest <= 1 ? 0 : 11 - rest)
                && digits.chars().distinct().count() > 2;
    }

    /**
     * Insurer's number: two digits of the law, two of the prefecture (01 to 47), three of the insurer, and a check
     * digit: weights 2 and 1 in turn from the right, digits of products added up, 10 minus the last digit of the sum.
     * Dates are left out.
     */
    static boolean insurer(String digits) {
        int prefecture = Integer.parseInt(digits.substring(2, 4));
        int month = Integer.parseInt(digits.substring(4, 6));
        int day = Integer.parseInt(digits.substring(6));
        boolean date = (digits.startsWith("19") || digits.startsWith("20")) && month >= 1 && month <= 12 && day <= 31;
        if (prefecture < 1 || prefecture > 47 || date || digits.endsWith("000")) {
            return false;
        }
        int sum = 0;
        for (int at = 6; at >= 0; at--) {
            int product = (digits.charAt(at) - '0') * ((6 - at) % 2 == 0 ? 2 : 1);
            sum += product / 10 + product % 10;
        }
        return digits.charAt(7) - '0' == (10 - sum % 10) % 10;
    }
}
