using Npgsql;

namespace PyBase.Storage.Exports;

/// <summary>Turns rows into a file, page by page, so that nothing but a page is in memory and no connection waits for whoever takes the file.</summary>
interface IExportWriter : IAsyncDisposable
{
    /// <summary>Takes over the row that the reader stands on, in the columns of a page.</summary>
    void Add(NpgsqlDataReader row);

    /// <summary>Bytes that wait, roughly.</summary>
    long Size { get; }

    /// <summary>Asks what the page needs besides its rows; no reader is open on the connection.</summary>
    Task ResolveAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Writes the page.</summary>
    Task WriteAsync(Stream output, CancellationToken cancellation);

    /// <summary>Writes what comes behind the last page; also when there was none.</summary>
    Task EndAsync(Stream output, CancellationToken cancellation);

    /// <summary>Most hold nothing but memory.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
