namespace Vpio.Coyote.Tests.Control;

/// <summary>Stands in for the thread pool: each work item has a thread that Coyote knows every step of.</summary>
internal static class ControlledPool
{
    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem callBack, bool preferLocal)
    {
        _ = preferLocal;
        new Thread(callBack.Execute).Start();
        return true;
    }

    public static bool UnsafeQueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal)
    {
        _ = preferLocal;
        new Thread(() => callBack(state)).Start();
        return true;
    }
}
