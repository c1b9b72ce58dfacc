namespace PyBase.Tests.Extraction;

/// <summary>
/// The time that one thread has run, so that a test of promptness does not measure what else the machine does. Of Linux, whose
/// kernel tells it in nanoseconds.
/// </summary>
sealed class ThreadClock
{
    readonly string path;

    ThreadClock(string path) => this.path = path;

    /// <summary>Of the calling thread.</summary>
    public static ThreadClock Current()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The time of a thread is read from /proc.");
        return new ThreadClock($"/proc/{File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.FullName["/proc/".Length..]}/schedstat");
    }

    /// <summary>Null once the thread has ended.</summary>
    public TimeSpan? Elapsed
    {
        get
        {
            try
            {
                return Read();
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    TimeSpan Read() => TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(path).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) / 1000.0);
}
