using PyBase.Extraction.Envelope;

namespace PyBase.Extraction;

/// <summary>
/// Runs a reading that ends when its time is over, as it ends when the caller cancels: at the same places of the code. Half of what
/// a file holds would look like all of it, so what is left is an envelope without tables and the error <c>time-over</c>.
/// </summary>
static class TimeLimit
{
    public static ExtractionResult Run(TimeSpan limit, TimeProvider clock, Func<CancellationToken, ExtractionResult> read, CancellationToken cancellation) =>
        Run(limit, clock, read, findings => new ExtractionResult
        {
            Source = new ExtractionSource(FileFormat.Unknown, "", "", 0),
            Units = new ExtractionUnits(null, "deg", UnitSource.Unknown),
            Metadata = new Dictionary<string, string>(),
            Tables = [],
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(0, 0, limit),
            Truncated = true,
        }, cancellation);

    public static T Run<T>(TimeSpan limit, TimeProvider clock, Func<CancellationToken, T> read, Func<FindingList, T> nothing, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return read(both.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            var findings = new FindingList();
            findings.Fail(FindingCode.TimeOver, $"The file was not read within the limit of {limit.TotalSeconds:N0} seconds.");
            return nothing(findings);
        }
        catch (OperationCanceledException exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellation);
        }
    }
}
