using System.Diagnostics.Metrics;
using Npgsql;
using PyBase.Core.Operations;

namespace PyBase.Storage.Operations;

/// <summary>
/// Listens to the instruments that ASP.NET Core and Npgsql have anyway (https://learn.microsoft.com/aspnet/core/log-mon/metrics/built-in,
/// https://www.npgsql.org/doc/diagnostics/metrics.html), so that nothing is counted twice.
/// </summary>
sealed class ProcessMeters : IDisposable
{
    const string Duration = "http.server.request.duration", Count = "db.client.connection.count", Most = "db.client.connection.max",
        Pending = "db.client.connection.npgsql.pending_requests", Timeouts = "db.client.connection.npgsql.timeouts", Hubs = "hubs/";

    readonly Lock sync = new();
    readonly MeterListener listener = new();
    readonly IMeterFactory host;
    readonly string pool;
    long[] counts = new long[Latencies.Bounds.Count + 1];
    long errors;
    int misdirected, busy, idle, most, waiting, timeouts;

    public ProcessMeters(IMeterFactory host, NpgsqlDataSource data)
    {
        (this.host, pool) = (host, data.ConnectionString);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            // Of several hosts in one process, each hears its own requests; the driver's instruments are everybody's, and name the pool.
            if (instrument.Name is Duration && ReferenceEquals(instrument.Meter.Scope, this.host) || instrument.Name is Count or Most or Pending or Timeouts && instrument.Meter.Name == "Npgsql")
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Answered(seconds, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Pool(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Pool(instrument.Name, (int)value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    /// <summary>What was counted since the last time, put into <paramref name="sample"/>.</summary>
    public ProcessSample Take(ProcessSample sample)
    {
        lock (sync)
        {
            (busy, idle) = (0, 0);
            listener.RecordObservableInstruments();
            var taken = sample with
            {
                Requests = new() { Counts = counts },
                Errors = errors,
                Sockets = sample.Sockets with { Misdirected = misdirected },
                Pool = new() { Busy = busy, Idle = idle, Most = most, Waiting = Math.Max(0, waiting), Timeouts = timeouts },
            };
            counts = new long[Latencies.Bounds.Count + 1];
            (errors, misdirected, timeouts) = (0, 0, 0);
            return taken;
        }
    }

    void Answered(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (status, route) = (0, "");
        foreach (var (name, value) in tags)
            if (name == "http.response.status_code")
                status = value as int? ?? 0;
            else if (name == "http.route")
                route = value as string ?? "";
        lock (sync)
        {
            if (route.Contains(Hubs, StringComparison.Ordinal))
            {
                // A live connection lasts for hours, which is no slow answer; one that is not known here was made elsewhere.
                misdirected += status == 404 ? 1 : 0;
                return;
            }
            counts[Latencies.ClassOf(seconds * 1000)]++;
            errors += status >= 500 ? 1 : 0;
        }
    }

    void Pool(string instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (isMine, isUsed) = (false, false);
        foreach (var (name, tag) in tags)
            if (name == "db.client.connection.pool.name")
                isMine = tag as string == pool;
            else if (name == "db.client.connection.state")
                isUsed = tag as string == "used";
        if (!isMine)
            return;
        lock (sync)
            switch (instrument)
            {
                case Count when isUsed:
                    busy = value;
                    break;
                case Count:
                    idle = value;
                    break;
                case Most:
                    most = value;
                    break;
                case Pending:
                    waiting += value;
                    break;
                case Timeouts:
                    timeouts += value;
                    break;
            }
    }
}
