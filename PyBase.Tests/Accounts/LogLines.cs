using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PyBase.Tests.Accounts;

/// <summary>What an operator would read.</summary>
sealed class LogLines(LogLevel least = LogLevel.Warning) : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>The line with these words, which may be written a moment later.</summary>
    public async Task<string> WaitForAsync(string words)
    {
        for (var patience = 0; patience < 200; patience++, await Task.Delay(50, TestContext.Current.CancellationToken))
            if (Lines.FirstOrDefault(line => line.Contains(words)) is { } found)
                return found;
        throw new TimeoutException($"Nobody logged \"{words}\".");
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Enqueue(formatter(state, exception) + exception);
    }

    public void Dispose()
    {
    }
}
