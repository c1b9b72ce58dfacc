using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>Text. A character is a Unicode code point; no result is longer than 100,000 of them.</summary>
public static class Texts
{
    static readonly Parameter Of = new("text", Wanted.Text);

    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("CONCATENATE", Lists.Flat(Text, Text), "All values as text, one after the other; of lists every item.", new Parameter("value", Wanted.Any, true, true)),
        new("CONCAT", Lists.Flat(Text, Text), "The same as CONCATENATE.", new Parameter("value", Wanted.Any, true, true)),
        new("ENCODE_URL_COMPONENT", Text, "The text with every character that means something in an address written as %XX.", Of),
        new("FIND", Number, "The place of a text in another, from 1, skipping so many characters; 0 when it is not there.", new("wanted", Wanted.Text), Of, new("skip", Wanted.Number, true)),
        new("LEFT", Text, "The first characters; one when no count is given.", Of, new("count", Wanted.Number, true)),
        new("LEN", Number, "How many characters it has.", Of),
        new("LOWER", Text, "In lower case.", Of),
        new("MID", Text, "So many characters from a place on, which counts from 1.", Of, new("start", Wanted.Number), new("count", Wanted.Number)),
        new("PROPER", Text, "Every word with a capital, the rest in lower case.", Of),
        new("REPLACE", Text, "The text with so many characters from a place on replaced.", Of, new("start", Wanted.Number), new("count", Wanted.Number), new("replacement", Wanted.Text)),
        new("REPT", Text, "The text so many times.", Of, new("count", Wanted.Number)),
        new("RIGHT", Text, "The last characters; one when no count is given.", Of, new("count", Wanted.Number, true)),
        new("SEARCH", Number, "As FIND, without regard to case; blank when it is not there.", new("wanted", Wanted.Text), Of, new("skip", Wanted.Number, true)),
        new("SUBSTITUTE", Text, "The text with every occurrence of a text replaced, or only the one with this number.", Of, new("old", Wanted.Text), new("new", Wanted.Text), new("number", Wanted.Number, true)),
        new("T", i => i.As(0, i.Arguments[0].Type.Kind is Text ? Wanted.Text : Wanted.Any).Then<Expression>(value => i.Give(new(Text), [value])),
            "The value when it is text, else blank.", new Parameter("value", Wanted.Any)),
        new("TRIM", Text, "Without blanks at both ends.", Of),
        new("UPPER", Text, "In upper case.", Of),
        new("VALUE", Number, "The number that a text shows: $ € £ ¥, spaces and commas in it are skipped, % divides by 100; an error when it shows none.", Of) { CanFail = true },
    ];
}
