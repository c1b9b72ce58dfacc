using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace PyBase.ServiceDefaults;

/// <summary>Ends the process by <see cref="Drain"/> when it is told to, and at once when it is told again.</summary>
sealed class SignalLifetime(Drain drain, IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    readonly List<PosixSignalRegistration> registrations = [];
    int signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM])
            registrations.Add(PosixSignalRegistration.Create(signal, Receive));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref signals) == 1)
            drain.Begin($"{context.Signal}");
        else
            lifetime.StopApplication();
    }
}
