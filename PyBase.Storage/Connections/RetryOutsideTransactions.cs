using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace PyBase.Storage.Connections;

/// <summary>
/// The retries of <c>EnableRetryOnFailure</c>, which Aspire sets too, for single commands only. The stock strategy refuses
/// <c>BeginTransaction</c>; here a transaction that fails simply fails, and its owner, who knows what it did, repeats it.
/// </summary>
sealed class RetryOutsideTransactions(ExecutionStrategyDependencies dependencies) : NpgsqlRetryingExecutionStrategy(dependencies)
{
    bool InTransaction => Dependencies.CurrentContext.Context.Database.CurrentTransaction is not null;

    protected override void OnFirstExecution()
    {
        if (InTransaction)
            ExceptionsEncountered.Clear();
        else
            base.OnFirstExecution();
    }

    protected override bool ShouldRetryOn(Exception? exception) => !InTransaction && base.ShouldRetryOn(exception);
}
