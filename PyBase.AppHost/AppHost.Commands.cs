using System.Net.Http.Headers;
using PyBase.Core.Jobs;

namespace PyBase.AppHost;

/// <summary>Buttons of the dashboard, and <c>aspire resource api …</c>.</summary>
static class CommandExtensions
{
    public static IResourceBuilder<ProjectResource> WithSampleBaseCommand(this IResourceBuilder<ProjectResource> api, IResourceBuilder<ParameterResource> token) =>
        api.WithHttpCommand("/api/operations/sample-base", "Load the sample base", endpointName: "http", commandName: "sample-base",
            commandOptions: new()
            {
                Description = "Makes a base with an assembly, its parts and a bill of material to look around in.",
                IconName = "DatabaseArrowDown",
                IsHighlighted = true,
                Method = HttpMethod.Post,
                PrepareRequest = async request => request.Request.Headers.Authorization = await BearerAsync(token, request.CancellationToken),
            });

    public static IResourceBuilder<ProjectResource> WithDrainQueueCommand(this IResourceBuilder<ProjectResource> api, IResourceBuilder<ParameterResource> token) =>
        api.WithCommand("drain-queue", "Drain a queue",
            async command =>
            {
                var queue = command.Arguments["queue"].Value ?? "";
                using var client = new HttpClient();
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{api.GetEndpoint("http").Url}/api/operations/queues/{Uri.EscapeDataString(queue)}/drain");
                request.Headers.Authorization = await BearerAsync(token, command.CancellationToken);
                using var response = await client.SendAsync(request, command.CancellationToken);
                var answer = await response.Content.ReadAsStringAsync(command.CancellationToken);
                return response.IsSuccessStatusCode
                    ? CommandResults.Success($"{queue} is drained.", answer)
                    : CommandResults.Failure($"{(int)response.StatusCode} from the API", answer);
            },
            new CommandOptions
            {
                Description = "Takes the waiting messages of a queue out of RabbitMQ. Their jobs stay in PostgreSQL and are published again when they are due.",
                ConfirmationMessage = "Take all waiting messages out of the queue?",
                IconName = "ArrowDownload",
                Arguments =
                [
                    new()
                    {
                        Name = "queue",
                        Label = "Queue",
                        InputType = InputType.Choice,
                        Required = true,
                        Options = [.. Queues.All.Select(queue => KeyValuePair.Create(queue, queue))],
                    },
                ],
            });

    static async Task<AuthenticationHeaderValue> BearerAsync(IResourceBuilder<ParameterResource> token, CancellationToken stop) =>
        new("Bearer", await token.Resource.GetValueAsync(stop));
}
