namespace PyBase.Core.Scaling;

/// <summary>What an installation has to carry in its busiest hour.</summary>
/// <param name="Users">People at the same time.</param>
/// <param name="EditsPerSecond">Changes of all of them together; null for one a user every 100 seconds.</param>
/// <param name="Rows">Rows of all tables.</param>
/// <param name="FilesPerDay">Drawings and other files that are read.</param>
public sealed record Workload(int Users, double? EditsPerSecond = null, long Rows = 0, int FilesPerDay = 0)
{
    /// <summary>A page, a search or another view every 20 seconds: people read more than they ask for.</summary>
    public const double ReadsPerUser = 1 / 20.0;

    /// <summary>How many see a change at once.</summary>
    public const int Onlookers = 20;

    const double EditsPerUser = 1 / 100.0;

    /// <summary>Changes a second.</summary>
    public double Edits => EditsPerSecond ?? Users * EditsPerUser;

    /// <summary>Requests a second that change nothing.</summary>
    public double Reads => Users * ReadsPerUser;

    /// <summary>Messages a second to those who have the table open.</summary>
    public double Deliveries => Edits * Math.Min(Users, Onlookers);

    /// <summary>Half of a day's files come within two hours.</summary>
    public double FilesPerSecond => FilesPerDay / 2.0 / 7200;
}
