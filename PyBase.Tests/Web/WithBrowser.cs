using PyBase.Tests.Support;

namespace PyBase.Tests.Web;

/// <summary>Each test has windows of its own, which close at its end.</summary>
public abstract class WithBrowser : IAsyncLifetime
{
    protected Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Browser = await Browser.StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Browser.DisposeAsync();
    }
}
