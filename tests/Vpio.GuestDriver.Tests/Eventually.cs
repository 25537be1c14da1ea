namespace Vpio.GuestDriver.Tests;

/// <summary>Waits for what another thread is bound to do. The bound is a safety net and fails loudly.</summary>
internal static class Eventually
{
    internal static void Holds(Func<bool> condition, string claim) =>
        Assert.That(SpinWait.SpinUntil(condition, FakePort.SafetyNet), Is.True, claim);

    internal static T Ends<T>(Task<T> task)
    {
        Assert.That(SpinWait.SpinUntil(() => task.IsCompleted, FakePort.SafetyNet), Is.True, "the task ends");
        return task.GetAwaiter().GetResult();
    }

    internal static TException Fails<TException>(Task task)
        where TException : Exception
    {
        Assert.That(SpinWait.SpinUntil(() => task.IsCompleted, FakePort.SafetyNet), Is.True, "the task ends");
        return Assert.Catch<TException>(() => task.GetAwaiter().GetResult())!;
    }
}
