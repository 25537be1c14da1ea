using Vpio.Tool.Accounting;

namespace Vpio.Tool.Tests.Accounting;

internal sealed class DigestQueueTests
{
    [Test]
    public void ItBehavesLikeAListOverManyRandomSteps()
    {
        var random = new Random(7);
        var queue = new DigestQueue();
        var model = new List<ulong>();
        for (int step = 0; step < 20_000; step++)
        {
            switch (random.Next(4))
            {
                case 0 or 1:
                    ulong digest = (ulong)random.Next(1000);
                    queue.Add(digest);
                    model.Add(digest);
                    break;
                case 2:
                    int oldest = random.Next(model.Count + 1) / 2;
                    queue.RemoveOldest(oldest);
                    model.RemoveRange(0, oldest);
                    break;
                default:
                    int newest = random.Next(model.Count + 1) / 4;
                    queue.RemoveNewest(newest);
                    model.RemoveRange(model.Count - newest, newest);
                    break;
            }

            ulong wanted = (ulong)random.Next(1000);
            Assert.That(queue.Count, Is.EqualTo(model.Count));
            Assert.That(queue.Find(wanted, int.MaxValue), Is.EqualTo(model.IndexOf(wanted)));
        }
    }
}
