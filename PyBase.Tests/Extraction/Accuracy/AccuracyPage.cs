using System.Globalization;
using System.Text;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary><c>docs/extraction-accuracy.md</c>.</summary>
static class AccuracyPage
{
    public static string Of(Tally tally)
    {
        var page = new StringBuilder("""
            # How right the readers are

            Made by `AccuracyTests` from a run over the real files in `../shared/data`, each with what independent readers or people found in it (`PYBASE_WRITE_DOCS=1` writes this page; without it the test fails when
            the page is not that of the run). A fact is one thing that a file holds: a layer with its colour, a property with its value, a cell with its text. Wrong: the thing is there and is said to be otherwise.
            Extra: it is not there. Both count against precision. Percentages are cut off, never rounded up; scans, which need the `tesseract` program, are not part of it (`TesseractTests`).
            Where a truth is silent, what is reported is neither right nor wrong: counts and points among the properties of STEP, tables beside the one that a truth covers (`tabula`, `camelot`; those of ICDAR are complete), names of parts that OCCT cannot decode.

            """);
        foreach (var format in tally.Scores.GroupBy(score => score.Key.Format))
        {
            page.Append(CultureInfo.InvariantCulture, $"""

                ## {format.Key}

                | facts | files | expected | found | wrong | missing | extra | precision | recall | F1 |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|

                """);
            foreach (var ((_, kind), score) in format)
                page.AppendLine(CultureInfo.InvariantCulture, $"| {kind} | {score.Files} | {score.Expected} | {score.Right} | {score.Wrong} | {score.Missing} | {score.Extra} | {Score.Percent(score.Precision)} % | {Score.Percent(score.Recall)} % | {Score.Percent(score.F1)} % |");
        }
        page.Append("""

            ## Where the truth is wrong

            | file | fact | truth | reported | evidence |
            |---|---|---|---|---|

            """);
        foreach (var dispute in Disputes.All)
            page.AppendLine(CultureInfo.InvariantCulture, $"| {dispute.File} | {dispute.Key} | {dispute.Truth} | {dispute.Ours} | {dispute.Evidence} |");
        return page.ToString();
    }
}
