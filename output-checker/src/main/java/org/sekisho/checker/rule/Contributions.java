package org.sekisho.checker.rule;

/**
 * The contributions to one sum, in absolute values.
 *
 * @param total of all contributions
 * @param largest the greatest one; 0 when there is none
 * @param second the next one; 0 when there is none
 */
public record Contributions(double total, double largest, double second) {
    public Contributions {
        if (!(largest >= second && second >= 0 && total >= 0)) {
            throw new IllegalArgumentException("contributions are absolute values, largest first");
        }
    }
}
