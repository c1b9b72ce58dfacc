namespace PyBase.Tests.Chaos;

/// <summary>Sends to one of several Apis, and to the next when nobody listens there: such a request was surely not seen.</summary>
sealed class AnyApi(IReadOnlyList<Uri> apis, int first) : DelegatingHandler
{
    int current = first;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            request.RequestUri = new Uri(apis[current % apis.Count], request.RequestUri!.PathAndQuery);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException nobody) when (nobody.HttpRequestError is HttpRequestError.ConnectionError && tries <= apis.Count)
            {
                Interlocked.Increment(ref current);
            }
        }
    }
}
