namespace PyBase.Extraction.Pdf;

/// <summary>
/// Runs work on a thread of its own, so that nobody has to wait for a page that takes too long: PdfPig knows no cancellation.
/// The thread that is left behind ends with its page. Its stack is large, since what nests deeply in a file nests there too.
/// </summary>
sealed class Apart(CancellationToken cancellation)
{
    const int StackBytes = 32 * 1024 * 1024;

    bool isLost;

    /// <summary>The result, or default with what went wrong.</summary>
    public T? Run<T>(Func<T> work, TimeSpan limit, out Exception? fault)
    {
        fault = null;
        // The document is not safe for two threads.
        if (isLost)
        {
            fault = new TimeoutException();
            return default;
        }
        T? result = default;
        Exception? thrown = null;
        var done = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                // A library for broken files throws whatever a broken file makes it throw; all of it means the same here.
                thrown = exception;
            }
            done.Set();
        }, StackBytes) { IsBackground = true, Name = "PDF page" };
        thread.Start();
        try
        {
            if (!done.Wait(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, cancellation))
            {
                isLost = true;
                fault = new TimeoutException();
                return default;
            }
        }
        catch (OperationCanceledException)
        {
            isLost = true;
            throw;
        }
        cancellation.ThrowIfCancellationRequested();
        fault = thrown;
        return thrown is null ? result : default;
    }
}
