using System.Buffers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Core.Scaling;

namespace PyBase.Storage.Connections;

/// <summary>Data sources whose settings hold with and without PgBouncer in between.</summary>
static class PostgresConnections
{
    /// <summary>Kept on each connection; a page of 20 fields takes about 100 kB there.</summary>
    const int PreparedStatements = 60;

    static readonly SearchValues<char> VerbEnd = SearchValues.Create(" \r\n\t(;");

    /// <summary>The driver reads its switches once. Without this one 9999-12-31 is stored as "infinity", which is no day.</summary>
    static PostgresConnections() => AppContext.SetSwitch("Npgsql.DisableDateTimeInfinityConversions", true);

    public static NpgsqlDataSource Pooled(IServiceProvider services, string application)
    {
        // In transaction mode PgBouncer hands each transaction another server connection: nothing may be left on it or expected there. Who has one says where the
        // server itself is. Without one a statement that comes again is parsed once: half of what PostgreSQL does for a page or an edit is parsing and planning.
        var isShared = services.GetRequiredService<IConfiguration>().GetConnectionString("pybaseDirect") is { Length: > 0 };
        var settings = new NpgsqlConnectionStringBuilder(ConnectionExtensions.Required(services, "pybase"))
        {
            MaxAutoPrepare = isShared ? 0 : PreparedStatements,
            NoResetOnClose = true,
        };
        Share(services, settings);
        return Build(services, settings, application, TargetSessionAttributes.Primary);
    }

    /// <summary>The standbys: <c>ConnectionStrings:pybaseStandby</c>, or those among the hosts of <c>pybase</c>; null when there are none.</summary>
    public static NpgsqlDataSource? Standby(IServiceProvider services, string application)
    {
        var own = services.GetRequiredService<IConfiguration>().GetConnectionString("pybaseStandby");
        var settings = new NpgsqlConnectionStringBuilder(own is { Length: > 0 } ? own : ConnectionExtensions.Required(services, "pybase"))
        {
            MaxAutoPrepare = 0,
            NoResetOnClose = true,
            MinPoolSize = 0,
        };
        if (own is null or "" && settings.Host?.Contains(',') is not true)
            return null;
        Share(services, settings);
        // The primary has the page too: nobody waits long for a standby.
        settings.Timeout = 2;
        settings.LoadBalanceHosts = settings.Host?.Contains(',') is true;
        return Build(services, settings, application + " standby", TargetSessionAttributes.Standby);
    }

    public static NpgsqlDataSource Direct(IServiceProvider services, string application)
    {
        var direct = services.GetRequiredService<IConfiguration>().GetConnectionString("pybaseDirect");
        var settings = new NpgsqlConnectionStringBuilder(direct is { Length: > 0 } ? direct : ConnectionExtensions.Required(services, "pybase"))
        {
            MaxAutoPrepare = 0,
            // The other way round: session locks and LISTEN must be gone before somebody else gets the connection.
            NoResetOnClose = false,
            MinPoolSize = 0,
        };
        // Counted outside the pools' budget (ConnectionBudget.Reserved), so few.
        if (direct is null or "" || !settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = 5;
        if (!settings.ShouldSerialize("Keepalive"))
            settings.KeepAlive = 30; // LISTEN is silent for long
        return Build(services, settings, application + " direct", TargetSessionAttributes.Primary);
    }

    /// <summary>Where the connection string says nothing of the pool, the process takes its share of what the server has.</summary>
    static void Share(IServiceProvider services, NpgsqlConnectionStringBuilder settings)
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = ConnectionBudget.Share(database.MaxConnections, database.Processes, new(0, settings.MaxPoolSize)).Maximum;
    }

    static NpgsqlDataSource Build(IServiceProvider services, NpgsqlConnectionStringBuilder settings, string application, TargetSessionAttributes target)
    {
        // Ten minutes: a connection's cache grows with every table it has seen (351 MB at 20,000 tables).
        if (!settings.ShouldSerialize("Connection Lifetime"))
            settings.ConnectionLifetime = 600;
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 30;
        settings.ApplicationName ??= application;
        // Which value was there already is known from nowhere else; it goes to whoever wrote it, see UniqueViolation.
        settings.IncludeErrorDetail = true;

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
        builder.ConfigureTracing(tracing => tracing
            .ConfigureCommandSpanNameProvider(command => SpanName(command.CommandText))
            .ConfigureBatchSpanNameProvider(batch => batch.BatchCommands is [var first, ..] ? SpanName(first.CommandText) + " …" : "batch")
            // https://opentelemetry.io/docs/specs/semconv/database/database-spans/: how many statements one round trip is.
            .ConfigureBatchEnrichmentCallback((activity, batch) => activity.SetTag("db.operation.batch.size", batch.BatchCommands.Count))
            .EnableFirstResponseEvent(false));
        if (settings.Host?.Contains(',') is not true)
            return builder.Build();
        // After a promotion the new primary is found at the next look.
        if (!settings.ShouldSerialize("Host Recheck Seconds"))
            builder.ConnectionStringBuilder.HostRecheckSeconds = 1;
        return builder.BuildMultiHost().WithTargetSession(target);
    }

    /// <summary>The verb, <c>select</c> or <c>insert</c>: the default is the database's name, the same for all. The text with placeholders is a tag of its own.</summary>
    static string SpanName(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        var end = text.IndexOfAny(VerbEnd);
        var verb = end < 0 ? text : text[..end];
        return verb.Length is 0 or > 20 ? "sql" : verb.ToString().ToLowerInvariant();
    }
}
