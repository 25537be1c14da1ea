namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is one who does one thing, whenever it likes.</summary>
/// <param name="name">Its name.</param>
/// <param name="calls">What it does, in calls of its own.</param>
internal sealed class OnceActor(string name, params Action[] calls) : Actor(name)
{
    public override Onward Call(int place, ulong memory)
    {
        calls[place]();
        return place + 1 == calls.Length ? Onward.Done : new Onward(place + 1);
    }
}
