namespace PyBase.Core.Scaling;

/// <summary>How a plan stands the load it was made for.</summary>
/// <param name="Requests">How many came.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P95">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="ApiShare">How busy the API's cores were, 0 to 1.</param>
/// <param name="DatabaseShare">How busy PostgreSQL's were.</param>
public sealed record LoadOutcome(int Requests, double Median, double P95, double P99, double ApiShare, double DatabaseShare);

/// <summary>
/// Requests arrive by chance and do not wait for each other (open loop), each needs a core of its replica and then a core of the database for as long as was
/// measured, on average; times vary as exponential ones do. Replicas are taken in turn, as a load balancer does.
/// </summary>
public static class LoadSimulation
{
    /// <param name="workload">What comes.</param>
    /// <param name="costs">What a request takes.</param>
    /// <param name="replicas">Of the API.</param>
    /// <param name="cpusEach">Cores of a replica.</param>
    /// <param name="databaseCpus">Cores of the database and of the standbys that answer reads.</param>
    /// <param name="seconds">How long it is watched.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    public static LoadOutcome Run(Workload workload, RequestCosts costs, int replicas, int cpusEach, int databaseCpus, double seconds, int seed = 1)
    {
        var random = new Random(seed);
        var rate = workload.Reads + workload.Edits;
        var requests = new List<Request>();
        for (var at = Exponential(random, 1 / rate); at < seconds; at += Exponential(random, 1 / rate))
        {
            var isEdit = random.NextDouble() < workload.Edits / rate;
            requests.Add(new(at, Exponential(random, (isEdit ? costs.EditApiMs : costs.PageApiMs) / 1000), Exponential(random, (isEdit ? costs.EditDatabaseMs : costs.PageDatabaseMs) / 1000)));
        }
        var api = Enumerable.Range(0, replicas).Select(_ => new Cores(cpusEach)).ToArray();
        for (var n = 0; n < requests.Count; n++)
            requests[n].AtDatabase = api[n % replicas].Serve(requests[n].Arrived, requests[n].Api);
        var database = new Cores(databaseCpus);
        foreach (var request in requests.OrderBy(r => r.AtDatabase))
            request.Answered = database.Serve(request.AtDatabase, request.Database);
        var times = requests.Select(r => (r.Answered - r.Arrived) * 1000).Order().ToList();
        return new(times.Count, Quantile(0.5), Quantile(0.95), Quantile(0.99), requests.Sum(r => r.Api) / (seconds * replicas * cpusEach), requests.Sum(r => r.Database) / (seconds * databaseCpus));

        double Quantile(double share) => times.Count == 0 ? 0 : times[(int)(share * (times.Count - 1))];
    }

    sealed class Request(double arrived, double api, double database)
    {
        public double Arrived => arrived;
        public double Api => api;
        public double Database => database;
        public double AtDatabase { get; set; }
        public double Answered { get; set; }
    }

    /// <summary>Whoever comes takes the core that is free first.</summary>
    sealed class Cores
    {
        readonly PriorityQueue<double, double> free = new();

        public Cores(int count)
        {
            for (var n = 0; n < count; n++)
                free.Enqueue(0, 0);
        }

        /// <summary>When it is done that begins at <paramref name="arrived"/> or later.</summary>
        public double Serve(double arrived, double takes)
        {
            var end = Math.Max(arrived, free.Dequeue()) + takes;
            free.Enqueue(end, end);
            return end;
        }
    }

    static double Exponential(Random random, double mean) => -Math.Log(1 - random.NextDouble()) * mean;
}
